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

/** The bench containers in the tables {@code containers} and {@code container_scans}. */
public final class SqliteContainerStore implements ContainerStore {
    /** The columns for {@link #container}. */
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
                new ContainerId(row.getString("container_id")),
                row.getString("name"),
                row.getString("image"),
                row.getString("status"),
                StoredJson.parseLabels(row.getString("labels_json")),
                StoredJson.parseMounts(row.getString("mounts_json")),
                row.getBoolean("active"),
                row.getString("first_seen_at"),
                row.getString("last_scanned_at"),
                row.getString("config_user"),
                row.getString("working_dir"));
    }
}
