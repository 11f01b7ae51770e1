package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgentMarkingTest {
    private static final long SERVER = 40;
    private static final long PANE = 41;
    private static final long TERMINAL = (136L << 8) | 0x3 | (0x1L << 20);

    private final InMemoryProcessTree processes = new InMemoryProcessTree();
    private final InMemoryAgentProcesses agents = new InMemoryAgentProcesses();
    private final AgentMarking marking = new AgentMarking(processes, agents);
    private ProcessMark server;
    private ProcessMark pane;

    @BeforeEach
    void start_a_pane_with_an_agent() {
        processes.start(1, 0, 1);
        server = processes.start(SERVER, 1, SERVER);
        pane = processes.start(PANE, SERVER, PANE, TERMINAL);
        agents.register(new AgentPane(PANE, "/dev/pts/259", "%3"));
    }

    private static SessionMember leader(ProcessMark mark) {
        return new SessionMember(mark, new KernelSession(mark.pid(), mark.startTicks()));
    }

    @Test
    void marks_the_process_of_a_pane_and_the_pane() {
        marking.refresh();
        assertThat(agents.marks().processes()).containsExactly(leader(pane));
        assertThat(agents.marks().panes()).containsExactly(new MarkedPane(server, "%3", true));
    }

    @Test
    void marks_the_next_process_of_a_pane_too() {
        marking.refresh();
        processes.end(PANE);
        agents.deactivate();
        agents.register(new AgentPane(50, "/dev/pts/259", "%3"));
        ProcessMark next = processes.start(50, SERVER, 50, TERMINAL);
        marking.refresh();
        assertThat(agents.marks().processes()).contains(leader(next));
    }

    @Test
    void marks_no_process_that_only_has_the_number_of_one_of_a_pane() {
        processes.start(PANE, 1, PANE, TERMINAL + 1);
        marking.refresh();
        processes.start(PANE, SERVER, SERVER, TERMINAL);
        marking.refresh();
        assertThat(agents.marks()).isEqualTo(AgentMarks.NONE);
    }

    @Test
    void marks_the_kernel_sessions_below_once() {
        ProcessMark tool = processes.start(60, PANE, 60);
        processes.start(61, 60, 60);
        marking.refresh();
        AgentMarks marks = agents.marks();
        assertThat(marks.processes()).containsExactlyInAnyOrder(leader(pane), leader(tool));
        processes.end(60);
        marking.refresh();
        assertThat(agents.marks()).isEqualTo(marks);
    }

    @Test
    void forgets_a_process_when_two_looks_find_nothing_left_of_its_kernel_session() {
        marking.refresh();
        ProcessMark first = processes.start(60, PANE, 60);
        marking.refresh();
        processes.start(61, 60, 60);
        processes.end(60);
        mark(70);
        mark(71);
        assertThat(agents.marks().processes()).contains(leader(first));
        processes.end(61);
        mark(72);
        assertThat(agents.marks().processes()).contains(leader(first));
        mark(73);
        assertThat(agents.marks().processes()).doesNotContain(leader(first)).hasSize(5);
    }

    @Test
    void keeps_since_when_there_are_agents() {
        marking.refresh();
        processes.end(PANE);
        for (long pid = 70; pid < 76; pid++) {
            mark(pid);
            processes.end(pid);
        }
        assertThat(agents.marks().processes()).contains(new SessionMember(pane, KernelSession.NONE));
        assertThat(agents.marks().processes()).hasSizeLessThan(5);
    }

    private void mark(long pid) {
        processes.start(pid, 1, pid);
        marking.markRoot(processes.lineage(pid).get(0), processes.lineage(pid));
    }
}
