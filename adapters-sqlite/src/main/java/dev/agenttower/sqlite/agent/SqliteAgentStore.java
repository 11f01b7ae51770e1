package dev.agenttower.sqlite.agent;

import dev.agenttower.core.agent.AdoptablePane;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import dev.agenttower.sqlite.pane.PaneRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agents in the table {@code agents}. */
public final class SqliteAgentStore implements AgentStore {
    /** The columns for {@link #agent}, of the table with the alias {@code a}. */
    public static final String COLUMNS = "a.agent_id, a.container_id, a.tmux_socket_path, a.tmux_session_name,"
            + " a.tmux_window_index, a.tmux_pane_index, a.tmux_pane_id, a.role, a.capability, a.label,"
            + " a.project_path, a.parent_agent_id, a.effective_permissions, a.created_at, a.last_registered_at,"
            + " a.last_seen_at, a.active";

    private static final String LISTING = "SELECT " + COLUMNS
            + ", COALESCE(c.name, p.container_name) AS container_name,"
            + " COALESCE(c.config_user, p.container_user) AS container_user, p.pane_pid, p.pane_current_path FROM agents AS a"
            + " LEFT JOIN containers AS c ON c.container_id = a.container_id"
            + " LEFT JOIN panes AS p ON " + PaneRows.sameKey("p", "a");

    /** The condition that the pane {@code p} with the identity {@code i} is the declined pane {@code d}. */
    static final String IS_DECLINED = "d.container_id = p.container_id AND d.tmux_socket_path = p.tmux_socket_path"
            + " AND d.tmux_pane_id = p.tmux_pane_id AND d.server_pid = COALESCE(i.server_pid, 0)"
            + " AND d.server_started = COALESCE(i.server_started, 0)";
    /** The panes that rules may adopt, among those of the formatted table. */
    static final String ADOPTABLE = "SELECT p.container_id, p.tmux_socket_path, p.tmux_session_name,"
            + " p.tmux_window_index, p.tmux_pane_index, p.tmux_pane_id, c.name AS container_name FROM %s AS p"
            + " JOIN containers AS c ON c.container_id = p.container_id AND c.active = 1"
            + " LEFT JOIN pane_identities AS i ON " + PaneRows.sameKey("i", "p")
            + " WHERE p.active = 1 AND NOT EXISTS (SELECT 1 FROM agents AS a WHERE a.active = 1 AND "
            + PaneRows.sameKey("a", "p") + ") AND NOT EXISTS (SELECT 1 FROM declined_panes AS d WHERE " + IS_DECLINED
            + ")";

    private final Readers readers;
    private final Writer writer;

    public SqliteAgentStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<AgentListing> list(AgentFilter filter) {
        Conditions conditions = conditions(filter);
        String sql = LISTING + conditions.where()
                + " ORDER BY a.active DESC, a.container_id, a.parent_agent_id, a.label, a.agent_id";
        return readers.read(snapshot -> snapshot.handle()
                .select(sql, conditions.values())
                .map((row, context) -> listing(row))
                .list());
    }

    private static Conditions conditions(AgentFilter filter) {
        Conditions conditions = new Conditions();
        if (filter.activeOnly()) {
            conditions.and("a.active = 1");
        }
        if (!filter.roles().isEmpty()) {
            String places = String.join(", ", Collections.nCopies(filter.roles().size(), "?"));
            conditions.and(
                    "a.role IN (" + places + ")",
                    filter.roles().stream().map(Role::wire).toArray());
        }
        @Nullable String container = filter.containerId();
        if (container != null) {
            withContainer(conditions, container);
        }
        @Nullable AgentId parent = filter.parent();
        if (parent != null) {
            conditions.and("a.parent_agent_id = ?", parent.value());
        }
        return conditions;
    }

    /** Adds the condition on a container: 64 or more characters are the whole id, fewer are a prefix. */
    public static void withContainer(Conditions conditions, String container) {
        if (container.length() >= 64) {
            conditions.and("a.container_id = ?", container);
        } else {
            conditions.and("substr(a.container_id, 1, length(?)) = ?", container, container);
        }
    }

    @Override
    public Optional<AgentListing> find(AgentId id) {
        return readers.read(snapshot -> snapshot.handle()
                .select(LISTING + " WHERE a.agent_id = :id")
                .bind("id", id.value())
                .map((row, context) -> listing(row))
                .findFirst());
    }

    @Override
    public List<AdoptablePane> adoptablePanes() {
        String sql = ADOPTABLE.formatted("panes") + " ORDER BY p.container_id, p.tmux_socket_path, p.tmux_session_name,"
                + " p.tmux_window_index, p.tmux_pane_index";
        return readers.read(snapshot -> snapshot.handle()
                .select(sql)
                .map((row, context) -> new AdoptablePane(PaneRows.key(row), row.getString("container_name")))
                .list());
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return writer.write(handle -> work.apply(new AgentWrites(handle)));
    }

    private static AgentListing listing(ResultSet row) throws SQLException {
        long pid = row.getLong("pane_pid");
        boolean hasPane = !row.wasNull();
        return new AgentListing(
                agent(row),
                row.getString("container_name"),
                row.getString("container_user"),
                hasPane ? pid : null,
                row.getString("pane_current_path"));
    }

    /** The agent of a row of {@link #COLUMNS}. */
    public static Agent agent(ResultSet row) throws SQLException {
        @Nullable String parent = row.getString("parent_agent_id");
        return new Agent(
                new AgentId(row.getString("agent_id")),
                PaneRows.key(row),
                Role.parse(row.getString("role")).orElseThrow(unknown("role", row.getString("role"))),
                capability(row),
                row.getString("label"),
                row.getString("project_path"),
                parent == null ? null : new AgentId(parent),
                row.getString("effective_permissions"),
                row.getString("created_at"),
                row.getString("last_registered_at"),
                row.getString("last_seen_at"),
                row.getBoolean("active"));
    }

    /** The capability of a row. */
    public static Capability capability(ResultSet row) throws SQLException {
        String stored = row.getString("capability");
        return Capability.parse(stored).orElseThrow(unknown("capability", stored));
    }

    private static Supplier<StorageException> unknown(String column, String value) {
        return () -> new StorageException(
                "cannot read the database: agents." + column + " is \"" + value + "\"",
                new IllegalArgumentException(value));
    }
}
