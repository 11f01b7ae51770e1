package dev.agenttower.sqlite.pane;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.sqlite.container.SqliteContainerStore;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The panes in the tables {@code panes} and {@code pane_scans}. */
public final class SqlitePaneStore implements PaneStore {
    private static final String COLUMNS = PaneRows.KEY
            + ", container_name, container_user, pane_pid, pane_tty, pane_current_command, pane_current_path,"
            + " pane_title, pane_active, active, first_seen_at, last_scanned_at";

    private final Readers readers;
    private final Writer writer;

    public SqlitePaneStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<Pane> list(PaneFilter filter) {
        Conditions conditions = new Conditions();
        if (filter.activeOnly()) {
            conditions.and("active = 1");
        }
        @Nullable String container = filter.container();
        if (container == null) {
            conditions.and("container_id IN (SELECT container_id FROM containers)");
        } else if (filter.isContainerId()) {
            conditions.and("container_id IN (SELECT container_id FROM containers WHERE container_id = ?)", container);
        } else {
            conditions.and("container_id IN (SELECT container_id FROM containers WHERE name = ?)", container);
        }
        String sql =
                "SELECT " + COLUMNS + " FROM panes" + conditions.where() + " ORDER BY active DESC, " + PaneRows.KEY;
        return readers.read(snapshot -> snapshot.handle()
                .select(sql, conditions.values())
                .map((row, context) -> pane(row))
                .list());
    }

    @Override
    public List<PaneKey> withTmuxId(String paneId) {
        String sql = "SELECT " + PaneRows.KEY + " FROM panes WHERE tmux_pane_id = :id"
                + " AND container_id IN (SELECT container_id FROM containers) ORDER BY active DESC, " + PaneRows.KEY;
        return readers.read(snapshot -> snapshot.handle()
                .select(sql)
                .bind("id", paneId)
                .map((row, context) -> PaneRows.key(row))
                .list());
    }

    @Override
    public List<KnownPane> known(ContainerId bench) {
        return readers.read(snapshot -> PaneRows.known(snapshot.handle(), bench));
    }

    @Override
    public List<BenchContainer> activeBenches(@Nullable ContainerId only) {
        Conditions conditions = new Conditions().and("active = 1");
        if (only != null) {
            conditions.and("container_id = ?", only.value());
        }
        String sql = "SELECT " + SqliteContainerStore.COLUMNS + " FROM containers" + conditions.where()
                + " ORDER BY container_id";
        return readers.read(snapshot -> snapshot.handle()
                .select(sql, conditions.values())
                .map((row, context) -> SqliteContainerStore.container(row))
                .list());
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return writer.write(handle -> work.apply(new PaneWrites(handle)));
    }

    private static Pane pane(ResultSet row) throws SQLException {
        return new Pane(
                PaneRows.key(row),
                row.getString("container_name"),
                row.getString("container_user"),
                row.getLong("pane_pid"),
                row.getString("pane_tty"),
                row.getString("pane_current_command"),
                row.getString("pane_current_path"),
                row.getString("pane_title"),
                row.getBoolean("pane_active"),
                row.getBoolean("active"),
                row.getString("first_seen_at"),
                row.getString("last_scanned_at"));
    }
}
