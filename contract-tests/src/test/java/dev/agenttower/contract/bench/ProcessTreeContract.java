package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.human.PaneMark;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ProcessTree} must do. */
abstract class ProcessTreeContract {
    private static final long TERMINAL = 34_816;

    private ProcessMark init;
    private ProcessMark server;
    private ProcessMark shell;
    private ProcessMark job;

    abstract ProcessTree tree();

    /** Starts a process, in the place of one with the same number; 0 is no parent, and no terminal. */
    abstract ProcessMark start(long pid, long parent, long session, long terminal);

    /** Ends a process; those below it come below process 1. */
    abstract void end(long pid);

    /** Lets the environment of a process name a pane. */
    abstract void namePane(long pid, PaneMark pane);

    /** Lets a process run a program, with a variable in its environment. */
    abstract void runProgram(long pid, String executable, List<String> words, String variable);

    /** Sets the user of a process. */
    abstract void runAs(long pid, long user);

    @BeforeEach
    void start() {
        init = start(1, 0, 1, 0);
        server = start(40, 1, 40, 0);
        shell = start(41, 40, 41, TERMINAL);
        job = start(42, 41, 41, TERMINAL);
    }

    @Test
    void a_lineage_goes_up_to_the_first_process() {
        KernelSession session = new KernelSession(41, shell.startTicks());
        assertThat(tree().lineage(42))
                .containsExactly(
                        new LiveProcess(job, session, TERMINAL),
                        new LiveProcess(shell, session, TERMINAL),
                        new LiveProcess(server, new KernelSession(40, server.startTicks()), 0),
                        new LiveProcess(init, new KernelSession(1, init.startTicks()), 0));
    }

    @Test
    void an_orphan_keeps_its_session_which_has_no_leader_any_more() {
        end(41);

        assertThat(tree().lineage(42))
                .containsExactly(
                        new LiveProcess(job, new KernelSession(41, 0), TERMINAL),
                        new LiveProcess(init, new KernelSession(1, init.startTicks()), 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {4711, 0, -1})
    void a_number_that_no_process_has_is_of_none(long pid) {
        assertThat(tree().lineage(pid)).isEmpty();
        assertThat(tree().find(pid)).isEmpty();
    }

    @Test
    void the_lineages_are_those_of_all_processes() {
        assertThat(tree().lineages())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(tree().lineage(1), tree().lineage(40), tree().lineage(41), tree().lineage(42)));
    }

    @Test
    void a_session_is_inhabited_until_its_last_process_has_ended() {
        KernelSession session = new KernelSession(41, shell.startTicks());
        assertThat(tree().inhabited()).accepts(session);

        end(41);
        assertThat(tree().inhabited()).accepts(session);

        end(42);
        assertThat(tree().inhabited()).rejects(session);
    }

    @Test
    void a_session_of_a_later_process_with_the_number_is_another_one() {
        KernelSession session = new KernelSession(40, server.startTicks());

        start(40, 1, 40, 0);

        assertThat(tree().inhabited()).rejects(session);
    }

    @Test
    void a_process_runs_until_it_has_ended_whoever_gets_its_number() {
        assertThat(tree().isRunning(job)).isTrue();
        assertThat(tree().find(42)).contains(job);

        ProcessMark later = start(42, 41, 41, 0);

        assertThat(tree().isRunning(job)).isFalse();
        assertThat(tree().find(42)).contains(later);
        end(42);
        assertThat(tree().isRunning(later)).isFalse();
    }

    @Test
    void the_pane_of_the_environment_stays_when_the_process_becomes_an_orphan() {
        PaneMark pane = new PaneMark(40, "%3");
        namePane(42, pane);

        end(41);

        assertThat(tree().startedIn(42)).contains(pane);
        assertThat(tree().startedIn(40)).isEmpty();
    }

    @Test
    void a_process_of_a_client_is_known_by_its_program_its_script_or_its_environment() {
        assertThat(tree().isOfKnownClient(42)).isFalse();
        runProgram(42, "/usr/bin/vim", List.of("vim", "claude"), "EDITOR");
        assertThat(tree().clientSign(42)).isEmpty();
        assertThat(tree().program(42)).isEqualTo("/usr/bin/vim");

        runProgram(42, "/opt/claude", List.of("claude"), "HOME");
        assertThat(tree().clientSign(42)).contains("its program /opt/claude is that of Claude Code");
        runProgram(42, "/usr/bin/node", List.of("node", "-q", "/opt/bin/gemini"), "HOME");
        assertThat(tree().clientSign(42)).contains("its script /opt/bin/gemini is that of Gemini CLI");
        runProgram(42, "/usr/bin/sleep", List.of("sleep", "9"), "CODEX_THREAD_ID");
        assertThat(tree().clientSign(42)).contains("its environment has CODEX_THREAD_ID, as Codex sets it");
        assertThat(tree().isOfKnownClient(42)).isTrue();
        assertThat(tree().isOfKnownClient(41)).as("what is above").isFalse();

        end(41);
        assertThat(tree().isOfKnownClient(42)).as("an orphan").isTrue();
        start(42, 1, 41, 0);
        assertThat(tree().isOfKnownClient(42))
                .as("a later process of the number")
                .isFalse();
        runProgram(42, "/opt/claude", List.of("claude"), "HOME");
        end(42);
        assertThat(tree().isOfKnownClient(42)).as("one that has ended").isFalse();
        assertThat(tree().program(42)).isEmpty();
    }

    @Test
    void the_user_of_a_process_is_known_while_it_runs() {
        assertThat(tree().user(42)).isEqualTo(Peer.UNKNOWN);
        runAs(42, 1000);
        assertThat(tree().user(42)).isEqualTo(1000);

        end(42);

        assertThat(tree().user(42)).isEqualTo(Peer.UNKNOWN);
    }
}
