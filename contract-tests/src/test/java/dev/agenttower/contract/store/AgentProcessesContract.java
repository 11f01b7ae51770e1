package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.human.AgentMarks;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.human.MarkedPane;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link AgentProcesses} must do. */
abstract class AgentProcessesContract {
    private static final ProcessMark SERVER = new ProcessMark(40, 100);
    private static final SessionMember ONE = new SessionMember(new ProcessMark(41, 101), new KernelSession(41, 101));
    private static final SessionMember TWO = new SessionMember(new ProcessMark(42, 102), new KernelSession(30, 99));
    private static final SessionMember MOVED = new SessionMember(TWO.mark(), new KernelSession(42, 102));

    @TempDir
    Path directory;

    private AgentProcesses agents;

    abstract AgentProcesses open(Path folder);

    abstract void close();

    @BeforeEach
    void open() {
        agents = open(directory);
    }

    @AfterEach
    void end() {
        close();
    }

    private void remember(SessionMember... processes) {
        agents.change(Set.of(), new AgentMarks(Set.of(processes), Set.of()));
    }

    private void remember(MarkedPane... panes) {
        agents.change(Set.of(), new AgentMarks(Set.of(), Set.of(panes)));
    }

    @Test
    void remembers_nothing_at_first() {
        assertThat(agents.marks()).isEqualTo(AgentMarks.NONE);
        assertThat(agents.panes()).isEmpty();
    }

    @Test
    void remembers_each_process_once_for_each_of_its_kernel_sessions() {
        remember(ONE, TWO);
        remember(ONE, MOVED);
        assertThat(agents.marks().processes()).containsExactlyInAnyOrder(ONE, TWO, MOVED);
    }

    @Test
    void forgets_what_it_is_told_to_before_it_remembers() {
        remember(ONE, TWO, MOVED);
        agents.change(Set.of(ONE, TWO), new AgentMarks(Set.of(ONE), Set.of()));
        assertThat(agents.marks().processes()).containsExactlyInAnyOrder(ONE, MOVED);
    }

    @Test
    void a_pane_that_is_whole_stays_so() {
        MarkedPane whole = new MarkedPane(SERVER, "%1", true);
        MarkedPane shared = new MarkedPane(SERVER, "%2", false);
        remember(new MarkedPane(SERVER, "%1", false));
        remember(whole, shared);
        remember(new MarkedPane(SERVER, "%1", false), new MarkedPane(new ProcessMark(40, 999), "%1", false));
        assertThat(agents.marks().panes())
                .containsExactlyInAnyOrder(whole, shared, new MarkedPane(new ProcessMark(40, 999), "%1", false));
    }
}
