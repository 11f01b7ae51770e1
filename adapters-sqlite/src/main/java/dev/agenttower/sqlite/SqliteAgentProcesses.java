package dev.agenttower.sqlite;

import dev.agenttower.core.governance.human.AgentPane;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.ProcessMark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The processes of agents: those that have spoken in the table {@code agent_processes}, and those of panes on the host by the tables of panes
 * and agents. Processes that have ended are forgotten when another one is remembered.
 */
final class SqliteAgentProcesses implements AgentProcesses {
    private final Readers readers;
    private final Writer writer;
    private final ProcessTree processes;
    private final String bootId;
    private final String hostBench;

    /**
     * The processes of one run of the machine.
     *
     * @param bootId tells this run of the machine from others
     * @param hostBench the id of the host as a bench; empty when it is none
     */
    SqliteAgentProcesses(Readers readers, Writer writer, ProcessTree processes, String bootId, String hostBench) {
        this.readers = readers;
        this.writer = writer;
        this.processes = processes;
        this.bootId = bootId;
        this.hostBench = hostBench;
    }

    @Override
    public void remember(ProcessMark process) {
        writer.write(handle -> {
            handle.execute("DELETE FROM agent_processes WHERE boot_id <> ?", bootId);
            spoken(handle).stream()
                    .filter(known -> !processes.isRunning(known))
                    .forEach(ended -> forget(handle, ended));
            return handle.execute(
                    "INSERT OR IGNORE INTO agent_processes (boot_id, pid, start_ticks) VALUES (?, ?, ?)",
                    bootId,
                    process.pid(),
                    process.startTicks());
        });
    }

    private void forget(Handle handle, ProcessMark process) {
        handle.execute(
                "DELETE FROM agent_processes WHERE boot_id = ? AND pid = ? AND start_ticks = ?",
                bootId,
                process.pid(),
                process.startTicks());
    }

    @Override
    public Set<ProcessMark> spoken() {
        return new LinkedHashSet<>(readers.read(snapshot -> spoken(snapshot.handle())));
    }

    private List<ProcessMark> spoken(Handle handle) {
        return handle.select("SELECT pid, start_ticks FROM agent_processes WHERE boot_id = ?", bootId)
                .map((row, context) -> new ProcessMark(row.getLong(1), row.getLong(2)))
                .list();
    }

    @Override
    public Set<AgentPane> panes() {
        return new LinkedHashSet<>(readers.read(snapshot -> snapshot.handle()
                .select("""
                        SELECT p.pane_pid, p.tmux_pane_id FROM agents AS a JOIN panes AS p
                            ON p.container_id = a.container_id AND p.tmux_socket_path = a.tmux_socket_path
                            AND p.tmux_session_name = a.tmux_session_name AND p.tmux_window_index = a.tmux_window_index
                            AND p.tmux_pane_index = a.tmux_pane_index AND p.tmux_pane_id = a.tmux_pane_id
                        WHERE a.active = 1 AND a.container_id = ?""", hostBench)
                .map((row, context) -> new AgentPane(row.getLong(1), row.getString(2)))
                .list()));
    }
}
