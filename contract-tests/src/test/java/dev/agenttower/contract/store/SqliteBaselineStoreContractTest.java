package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.drift.Baseline;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.KnownFile;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SqliteBaselineStoreContractTest extends BaselineStoreContract {
    private SqliteStores stores;

    @Override
    BaselineStore open(Path directory) {
        Path database = directory.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        return stores.baselines();
    }

    @Override
    void close() {
        stores.close();
    }

    @Test
    void outlives_the_process_and_holds_very_many_files() {
        List<KnownFile> files = IntStream.range(0, 10_000)
                .mapToObj(i -> new KnownFile("secrets/" + i, false, Fingerprint.of("aa" + i), null, null))
                .toList();
        stores.baselines().save("demo@1", Baseline.of(files, null));
        stores.close();
        assertThat(open(directory).find("demo@1")).contains(Baseline.of(files, null));
    }
}
