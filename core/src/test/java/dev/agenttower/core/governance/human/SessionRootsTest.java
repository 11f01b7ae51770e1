package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.role.ProcessMark;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SessionRootsTest {
    private static final long DAEMON = 50;
    private static final long EMULATOR = 60;
    private static final long SHELL = 100;
    private static final long AGENT = 110;
    private static final long CALLER = 120;

    private final InMemoryProcessTree processes = new InMemoryProcessTree();
    private final InMemoryAgentProcesses agents = new InMemoryAgentProcesses();
    private final SessionRoots roots = new SessionRoots(processes, agents, DAEMON);

    @BeforeEach
    void start_an_agent_in_a_terminal() {
        processes.start(1, 0, 1);
        processes.start(20, 1, 20);
        processes.start(DAEMON, 20, DAEMON);
        processes.start(EMULATOR, 20, 20);
        processes.start(SHELL, EMULATOR, SHELL, 3);
        processes.start(AGENT, SHELL, SHELL, 3);
        processes.start(CALLER, AGENT, CALLER);
    }

    private void mark(long pid) {
        new AgentMarking(processes, agents).markRoot(processes.lineage(pid).get(0), processes.lineage(pid));
    }

    private Optional<Long> root(long number) {
        return roots.find(number, processes.lineage(CALLER), ProcessMark::pid)
                .map(process -> process.mark().pid());
    }

    @Test
    void are_the_caller_and_what_is_above_it_in_its_terminal() {
        assertThat(root(CALLER)).contains(CALLER);
        assertThat(root(AGENT)).contains(AGENT);
        assertThat(root(SHELL)).contains(SHELL);
    }

    @Test
    void are_not_above_the_terminal_nor_elsewhere() {
        assertThat(root(EMULATOR)).isEmpty();
        assertThat(root(4711)).isEmpty();
    }

    @Test
    void without_a_terminal_are_not_above_the_daemon() {
        processes.start(SHELL, EMULATOR, SHELL);
        processes.start(AGENT, SHELL, SHELL);
        assertThat(root(EMULATOR)).contains(EMULATOR);
        assertThat(root(20)).isEmpty();
        assertThat(root(1)).isEmpty();
    }

    @Test
    void are_never_the_first_process_of_the_machine() {
        processes.start(300, 1, 300);
        SessionRoots alone = new SessionRoots(processes, agents, 0);
        assertThat(alone.find(1, processes.lineage(300), ProcessMark::pid)).isEmpty();
        assertThat(alone.find(300, processes.lineage(300), ProcessMark::pid)).isPresent();
    }

    @Test
    void are_not_above_the_agent_that_the_caller_belongs_to() {
        mark(AGENT);
        assertThat(root(AGENT)).contains(AGENT);
        assertThat(root(SHELL)).isEmpty();
    }

    @Test
    void are_not_above_the_pane_that_the_caller_belongs_to() {
        processes.start(SHELL, EMULATOR, SHELL);
        processes.start(AGENT, SHELL, SHELL);
        mark(SHELL);
        assertThat(root(SHELL)).contains(SHELL);
        assertThat(root(EMULATOR)).isEmpty();
    }

    @Test
    void are_above_the_terminal_and_the_agent_of_the_caller_where_they_are_marked_themselves() {
        mark(AGENT);
        mark(SHELL);
        assertThat(root(SHELL)).contains(SHELL);
        processes.start(CALLER, AGENT, CALLER, 4);
        assertThat(root(SHELL)).contains(SHELL);
        assertThat(root(EMULATOR)).isEmpty();
        mark(EMULATOR);
        mark(20);
        assertThat(root(EMULATOR)).contains(EMULATOR);
        assertThat(root(20)).isEmpty();
    }

    @Test
    void of_others_are_the_marked_ones() {
        assertThat(roots.marked(AGENT)).isEmpty();
        mark(AGENT);
        assertThat(roots.marked(AGENT)).isEqualTo(processes.lineage(AGENT));
        assertThat(roots.marked(SHELL)).isEmpty();
        assertThat(roots.marked(4711)).isEmpty();
        processes.start(AGENT, SHELL, SHELL, 3);
        assertThat(roots.marked(AGENT)).as("a later process of this number").isEmpty();
    }

    @Test
    void are_found_by_the_numbers_that_the_caller_knows() {
        assertThat(roots.find(7, processes.lineage(CALLER), mark -> mark.pid() == AGENT ? 7 : -1))
                .map(process -> process.mark().pid())
                .contains(AGENT);
    }
}
