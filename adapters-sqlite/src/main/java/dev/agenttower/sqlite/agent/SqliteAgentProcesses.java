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
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The marks of agents in the tables {@code agent_marks} and {@code agent_pane_marks}, and the panes of agents by those of panes and agents. */
public final class SqliteAgentProcesses implements AgentProcesses {
    private final Readers readers;
    private final Writer writer;
    private final String bootId;
    private final String hostBench;

    /**
     * The processes of one run of the machine.
     *
     * @param bootId tells this run of the machine from others
     * @param hostBench the id of the host as a bench; empty when it is none
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
        return handle.select(
                        "SELECT pid, start_ticks, kernel_session, session_leader_ticks FROM agent_marks"
                                + " WHERE boot_id = ?",
                        bootId)
                .map((row, context) -> new SessionMember(
                        new ProcessMark(row.getLong(1), row.getLong(2)),
                        new KernelSession(row.getLong(3), row.getLong(4))))
                .set();
    }

    private Set<MarkedPane> markedPanes(Handle handle) {
        return handle.select(
                        "SELECT server_pid, server_ticks, pane_id, is_whole FROM agent_pane_marks WHERE boot_id = ?",
                        bootId)
                .map((row, context) -> new MarkedPane(
                        new ProcessMark(row.getLong(1), row.getLong(2)), row.getString(3), row.getBoolean(4)))
                .set();
    }

    @Override
    public void change(Set<SessionMember> forgotten, AgentMarks remembered) {
        writer.write(handle -> {
            handle.execute("DELETE FROM agent_marks WHERE boot_id <> ?", bootId);
            handle.execute("DELETE FROM agent_pane_marks WHERE boot_id <> ?", bootId);
            forgotten.forEach(process -> forget(handle, process));
            remembered.processes().forEach(process -> remember(handle, process));
            remembered.panes().forEach(pane -> remember(handle, pane));
            return Boolean.TRUE;
        });
    }

    private void forget(Handle handle, SessionMember process) {
        handle.execute(
                "DELETE FROM agent_marks WHERE boot_id = ? AND pid = ? AND start_ticks = ? AND kernel_session = ?"
                        + " AND session_leader_ticks = ?",
                bootId,
                process.mark().pid(),
                process.mark().startTicks(),
                process.session().id(),
                process.session().leaderStart());
    }

    private void remember(Handle handle, SessionMember process) {
        handle.execute(
                "INSERT OR IGNORE INTO agent_marks (boot_id, pid, start_ticks, kernel_session, session_leader_ticks)"
                        + " VALUES (?, ?, ?, ?, ?)",
                bootId,
                process.mark().pid(),
                process.mark().startTicks(),
                process.session().id(),
                process.session().leaderStart());
    }

    private void remember(Handle handle, MarkedPane pane) {
        handle.execute(
                "INSERT INTO agent_pane_marks (boot_id, server_pid, server_ticks, pane_id, is_whole)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET is_whole = MAX(is_whole, excluded.is_whole)",
                bootId,
                pane.server().pid(),
                pane.server().startTicks(),
                pane.paneId(),
                pane.isWhole() ? 1 : 0);
    }

    @Override
    public Set<AgentPane> panes() {
        return new LinkedHashSet<>(readers.read(snapshot -> snapshot.handle()
                .select("""
                        SELECT p.pane_pid, p.pane_tty, p.tmux_pane_id FROM agents AS a JOIN panes AS p
                            ON p.container_id = a.container_id AND p.tmux_socket_path = a.tmux_socket_path
                            AND p.tmux_session_name = a.tmux_session_name AND p.tmux_window_index = a.tmux_window_index
                            AND p.tmux_pane_index = a.tmux_pane_index AND p.tmux_pane_id = a.tmux_pane_id
                        WHERE a.active = 1 AND a.container_id = ?""", hostBench)
                .map((row, context) -> new AgentPane(row.getLong(1), row.getString(2), row.getString(3)))
                .list()));
    }
}
