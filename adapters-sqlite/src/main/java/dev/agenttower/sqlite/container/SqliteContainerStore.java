package dev.agenttower.sqlite.container;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.StoredJson;
import dev.agenttower.sqlite.database.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The benches in the tables {@code containers} and {@code container_scans}. */
public final class SqliteContainerStore implements ContainerStore {
    /** The columns that {@link #container} reads. */
    public static final String COLUMNS = "container_id, name, image, status, labels_json, mounts_json, active,"
            + " first_seen_at, last_scanned_at, config_user, working_dir";

    private final Readers readers;
    private final Writer writer;

    public SqliteContainerStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<BenchContainer> list(boolean activeOnly) {
        String sql = "SELECT " + COLUMNS + " FROM containers" + (activeOnly ? " WHERE active = 1" : "")
                + " ORDER BY active DESC, last_scanned_at DESC, container_id";
        return readers.read(snapshot -> snapshot.handle()
                .select(sql)
                .map((row, context) -> container(row))
                .list());
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return writer.write(handle -> work.apply(new ContainerWrites(handle)));
    }

    public static BenchContainer container(ResultSet row) throws SQLException {
        return new BenchContainer(
                new ContainerId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                StoredJson.parseLabels(row.getString(5)),
                StoredJson.parseMounts(row.getString(6)),
                row.getBoolean(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }
}
