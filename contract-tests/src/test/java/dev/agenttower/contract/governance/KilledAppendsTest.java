package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed while it writes, a process leaves events that are its own to the next one. */
class KilledAppendsTest {
    private static final int KILLS = 6;
    private static final int STEP = 100_003;

    @TempDir
    Path directory;

    @Test
    void no_event_is_ever_taken_for_that_of_others() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("demo"));
        Path database = directory.resolve("state/agenttower.sqlite3");
        Path ledger = folder.resolve("_cortex/ads/events.jsonl");
        Registry.prepare(database);
        try (SqliteStores stores = SqliteStores.open(database)) {
            KilledProjectChange.projects(stores).add(folder.toString(), null);
        }
        for (int i = 0; i < KILLS; i++) {
            long size = ledger.toFile().length();
            Process process = KilledProcess.start(KilledAppends.class, database.toString());
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> ledger.toFile().length() > size + STEP);
            process.destroyForcibly().waitFor();
            assertOwn(database);
        }
    }

    private static void assertOwn(Path database) throws IOException {
        try (SqliteStores stores = SqliteStores.open(database)) {
            GovernedProject project = KilledProjectChange.projects(stores).select("demo", null);
            List<LedgerEvent> events = project.ledger().select(LedgerFilter.all(), 0, null);
            assertThat(events).isNotEmpty().noneMatch(LedgerEvent::isExternal);
            assertThat(events)
                    .extracting(LedgerEvent::actionType)
                    .doesNotContain("ledger_external_events", "ledger_rewritten");
            assertThat(project.ledger().verify().faults()).isLessThanOrEqualTo(1); // a line that was cut off
        }
    }
}
