package dev.agenttower.sqlite.agent;

import dev.agenttower.core.governance.human.AgentMarks;
import dev.agenttower.core.governance.human.AgentPane;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.MarkedPane;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The marks of agent processes in the tables {@code agent_marks} and {@code agent_pane_marks}, and the panes of agents. */
public final class SqliteAgentProcesses implements AgentProcesses {
    private static final String FORGET = """
            DELETE FROM agent_marks WHERE boot_id = :boot AND pid = :mark.pid AND start_ticks = :mark.startTicks
                AND kernel_session = :session.id AND session_leader_ticks = :session.leaderStart""";
    private static final String REMEMBER = """
            INSERT OR IGNORE INTO agent_marks (boot_id, pid, start_ticks, kernel_session, session_leader_ticks)
            VALUES (:boot, :mark.pid, :mark.startTicks, :session.id, :session.leaderStart)""";
    private static final String REMEMBER_PANE = """
            INSERT INTO agent_pane_marks (boot_id, server_pid, server_ticks, pane_id, is_whole)
            VALUES (:boot, :server.pid, :server.startTicks, :paneId, :isWhole)
            ON CONFLICT DO UPDATE SET is_whole = MAX(is_whole, excluded.is_whole)""";

    private final Readers readers;
    private final Writer writer;
    private final String bootId;
    private final String hostBench;

    /**
     * The agent processes of the current boot.
     *
     * @param bootId identifies the current boot of the machine
     * @param hostBench the host's id as a bench container; empty if it is none
     */
    public SqliteAgentProcesses(Readers readers, Writer writer, String bootId, String hostBench) {
        this.readers = readers;
        this.writer = writer;
        this.bootId = bootId;
        this.hostBench = hostBench;
    }

    @Override
    public AgentMarks marks() {
        return readers.read(snapshot -> new AgentMarks(processes(snapshot.handle()), markedPanes(snapshot.handle())));
    }

    private Set<SessionMember> processes(Handle handle) {
        return handle.select("SELECT * FROM agent_marks WHERE boot_id = :boot")
                .bind("boot", bootId)
                .map((row, context) -> new SessionMember(
                        new ProcessMark(row.getLong("pid"), row.getLong("start_ticks")),
                        new KernelSession(row.getLong("kernel_session"), row.getLong("session_leader_ticks"))))
                .set();
    }

    private Set<MarkedPane> markedPanes(Handle handle) {
        return handle.select("SELECT * FROM agent_pane_marks WHERE boot_id = :boot")
                .bind("boot", bootId)
                .map((row, context) -> new MarkedPane(
                        new ProcessMark(row.getLong("server_pid"), row.getLong("server_ticks")),
                        row.getString("pane_id"),
                        row.getBoolean("is_whole")))
                .set();
    }

    @Override
    public void change(Set<SessionMember> forgotten, AgentMarks remembered) {
        writer.write(handle -> {
            handle.execute("DELETE FROM agent_marks WHERE boot_id <> ?", bootId);
            handle.execute("DELETE FROM agent_pane_marks WHERE boot_id <> ?", bootId);
            forgotten.forEach(process -> update(handle, FORGET, process));
            remembered.processes().forEach(process -> update(handle, REMEMBER, process));
            remembered.panes().forEach(pane -> update(handle, REMEMBER_PANE, pane));
            return Boolean.TRUE;
        });
    }

    private void update(Handle handle, String sql, Object mark) {
        handle.createUpdate(sql).bind("boot", bootId).bindMethods(mark).execute();
    }

    @Override
    public Set<AgentPane> panes() {
        return new LinkedHashSet<>(readers.read(snapshot -> snapshot.handle()
                .select("""
                        SELECT p.pane_pid, p.pane_tty, p.tmux_pane_id FROM agents AS a JOIN panes AS p ON %s
                        WHERE a.active = 1 AND a.container_id = :bench""".formatted(PaneRows.sameKey("p", "a")))
                .bind("bench", hostBench)
                .map((row, context) -> new AgentPane(
                        row.getLong("pane_pid"), row.getString("pane_tty"), row.getString("tmux_pane_id")))
                .list()));
    }
}
