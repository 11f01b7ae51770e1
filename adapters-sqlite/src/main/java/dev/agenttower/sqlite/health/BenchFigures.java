package dev.agenttower.sqlite.health;

import static dev.agenttower.sqlite.database.Tables.orIfMissing;

import dev.agenttower.core.health.DashboardFigures.Containers;
import dev.agenttower.core.health.DashboardFigures.Panes;
import dev.agenttower.sqlite.database.Tables;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The dashboard's figures on bench containers and panes. */
final class BenchFigures {
    private static final Panes NO_PANES = new Panes(0, 0, 0, 0);

    // A pane counts as registered by container and tmux id alone, whichever of the container's tmux servers it belongs
    // to.
    private static final String REGISTERED = """
            SELECT COUNT(*) AS registered, COUNT(CASE WHEN p.active = 1 AND c.active = 1 THEN 1 END) AS active
            FROM (SELECT DISTINCT container_id, tmux_pane_id FROM agents WHERE active = 1) AS a
            CROSS JOIN panes AS p ON p.tmux_pane_id = a.tmux_pane_id AND p.container_id = a.container_id
            LEFT JOIN containers AS c ON c.container_id = p.container_id""";
    private static final String INACTIVE = """
            SELECT COALESCE(SUM((SELECT COUNT(*) FROM panes AS p WHERE p.active = 0 AND p.container_id = c.container_id)
                + CASE WHEN c.active = 1 THEN 0 ELSE
                    (SELECT COUNT(*) FROM panes AS p WHERE p.active = 1 AND p.container_id = c.container_id) END), 0)
            FROM containers AS c""";
    private static final String FIRST_ADOPTABLE = """
            SELECT p.tmux_pane_id FROM panes AS p
            WHERE p.active = 1
                AND EXISTS (SELECT 1 FROM containers AS c WHERE c.container_id = p.container_id AND c.active = 1)
                AND NOT EXISTS (SELECT 1 FROM agents AS a WHERE a.active = 1 AND %s)
            ORDER BY p.container_id, p.tmux_socket_path, p.tmux_session_name, p.tmux_window_index,
                p.tmux_pane_index, p.tmux_pane_id
            LIMIT 1""".formatted(PaneRows.sameKey("a", "p"));

    private final Handle handle;

    BenchFigures(Handle handle) {
        this.handle = handle;
    }

    Containers containers() {
        return orIfMissing(
                handle,
                new Containers(0, 0),
                () -> handle.select("SELECT COUNT(CASE WHEN active = 1 THEN 1 END) AS active,"
                                + " COUNT(CASE WHEN active = 0 THEN 1 END) AS inactive FROM containers")
                        .map((row, context) -> new Containers(row.getLong("active"), row.getLong("inactive")))
                        .one(),
                "containers");
    }

    Panes panes() {
        long total = orIfMissing(handle, 0L, () -> Tables.number(handle, "SELECT COUNT(*) FROM panes"), "panes");
        Panes registered = orIfMissing(
                handle,
                NO_PANES,
                () -> handle.select(REGISTERED)
                        .map((row, context) -> new Panes(0, row.getLong("registered"), row.getLong("active"), 0))
                        .one(),
                "panes",
                "agents",
                "containers");
        long inactive = orIfMissing(handle, 0L, () -> Tables.number(handle, INACTIVE), "panes", "containers");
        return new Panes(total, registered.registered(), registered.registeredActive(), inactive);
    }

    @Nullable String firstActiveContainer() {
        return first(
                "SELECT container_id FROM containers WHERE active = 1 ORDER BY container_id LIMIT 1", "containers");
    }

    @Nullable String firstAdoptablePane() {
        return first(FIRST_ADOPTABLE, "panes", "containers", "agents");
    }

    private @Nullable String first(String sql, String... tables) {
        return orIfMissing(
                        handle,
                        Optional.<String>empty(),
                        () -> handle.select(sql).mapTo(String.class).findFirst(),
                        tables)
                .orElse(null);
    }
}
