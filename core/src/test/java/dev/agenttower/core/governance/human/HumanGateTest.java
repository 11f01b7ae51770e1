package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class HumanGateTest {
    private static final long UID = 1000;
    private static final String TERMINAL = "/dev/pts/3";
    private static final long TERMINAL_NUMBER = (136 << 8) + 3;

    private final InMemoryProcessTree processes = new InMemoryProcessTree();
    private final InMemoryAgentProcesses agents = new InMemoryAgentProcesses();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Optional<PassphraseHash>> passphrase = new AtomicReference<>(Optional.empty());
    private final AgentMarking marking = new AgentMarking(processes, agents);
    private boolean isOnHost = true;
    private final HumanGate gate =
            new HumanGate(UID, peer -> isOnHost, processes, agents, 0, passphrase::get, nanos::get);

    @BeforeEach
    void start_a_shell_and_a_program_below_it() {
        processes.start(1, 0, 1);
        processes.start(100, 1, 100, TERMINAL_NUMBER);
        processes.start(200, 100, 100, TERMINAL_NUMBER);
    }

    private void markPane(long pid, String paneId) {
        agents.register(new AgentPane(pid, TERMINAL, paneId));
        marking.refresh();
        agents.deactivate();
    }

    private void markRoot(long pid) {
        marking.markRoot(processes.lineage(pid).get(0), processes.lineage(pid));
    }

    private Claimant claimant(String passphraseGiven) {
        return new Claimant(new Peer(UID, 200), processes.lineage(200), null, passphraseGiven);
    }

    private Optional<NotHuman> refusal() {
        return gate.refusal(claimant(""));
    }

    @Test
    void lets_a_plain_shell_pass() {
        assertThat(refusal()).isEmpty();
    }

    @Test
    void refuses_who_calls_itself_an_agent_another_user_and_a_container() {
        List<LiveProcess> lineage = processes.lineage(200);
        assertThat(gate.refusal(new Claimant(new Peer(UID, 200), lineage, "C", null)))
                .contains(NotHuman.AGENT_HEADER);
        assertThat(gate.refusal(new Claimant(new Peer(0, 200), lineage, "", null)))
                .contains(NotHuman.OTHER_USER);
        assertThat(gate.refusal(new Claimant(new Peer(Peer.UNKNOWN, 200), lineage, "", null)))
                .contains(NotHuman.OTHER_USER);
        isOnHost = false;
        assertThat(refusal()).contains(NotHuman.NOT_ON_HOST);
    }

    @Test
    void refuses_what_is_below_the_pane_of_an_agent() {
        markPane(100, "%0");
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void what_is_below_the_pane_of_an_agent_is_its_process_for_certain() {
        AgentDescent descent = new AgentDescent(processes, agents, 0);
        assertThat(descent.isOfAgent(new Peer(UID, 200))).isFalse();
        markPane(100, "%0");
        assertThat(descent.isOfAgent(new Peer(UID, 200))).isTrue();
        assertThat(descent.isOfAgent(new Peer(UID, 999))).isFalse();
        processes.end(100);
        assertThat(descent.isOfAgent(new Peer(UID, 200)))
                .as("by its kernel session")
                .isTrue();
    }

    @Test
    void refuses_what_is_below_a_process_that_has_spoken() {
        markRoot(100);
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_what_is_below_a_client_that_nobody_registered_and_knows_it_afterwards() {
        processes.run(100, "/usr/bin/claude", List.of("claude"), Set.of());
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
        processes.end(100);
        assertThat(refusal()).as("by its kernel session").contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_a_process_that_a_client_started() {
        processes.run(200, "/usr/bin/sleep", List.of("sleep", "9"), Set.of("CLAUDECODE"));
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void tells_by_what_the_process_of_an_agent_was_known() {
        assertThat(gate.agentSign(claimant(""))).isEmpty();
        agents.register(new AgentPane(100, TERMINAL, "%7"));
        marking.refresh();
        assertThat(gate.agentSign(claimant("")))
                .contains("process 200: it is in the kernel session of the agent's process 100");
        processes.run(100, "/usr/bin/codex", List.of("codex"), Set.of());
        assertThat(gate.agentSign(claimant("")))
                .as("the client itself, above what it started")
                .contains("process 100 (/usr/bin/codex): its program /usr/bin/codex is that of Codex");
        processes.run(100, "", List.of(), Set.of());
        agents.deactivate();
        processes.start(300, 100, 300, TERMINAL_NUMBER);
        Claimant below = new Claimant(new Peer(UID, 300), processes.lineage(300), null, "");
        assertThat(gate.agentSign(below))
                .contains("process 100: a hook, a session or a pane of an agent made it known");
        agents.register(new AgentPane(100, TERMINAL, "%7"));
        assertThat(gate.agentSign(below)).contains("process 100: it runs pane %7, in which an agent is registered");
        processes.run(100, "/x/\u001b[2J\u202eclaude", List.of("/x/claude"), Set.of());
        assertThat(gate.agentSign(below))
                .as("escaped")
                .contains("process 100 (/x/\ufffd[2J\ufffdclaude): its program /x/claude is that of Claude Code");
        processes.run(100, "/x/" + "n".repeat(5000), List.of("sh"), Set.of("CLAUDECODE"));
        assertThat(gate.agentSign(below).orElseThrow()).hasSizeLessThan(700).endsWith("as Claude Code sets it");
    }

    @Test
    void refuses_what_an_agent_cut_loose_within_its_session() {
        markPane(100, "%0");
        processes.end(100);
        assertThat(processes.lineage(200)).hasSize(2);
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_who_was_below_an_agent_when_it_connected() {
        processes.start(200, 100, 200);
        Claimant claimant = claimant("");
        markPane(100, "%0");
        processes.end(100);
        assertThat(gate.refusal(claimant)).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_a_process_that_is_gone_or_whose_number_another_one_has_now() {
        Claimant claimant = claimant("");
        processes.start(200, 100, 100);
        assertThat(gate.refusal(claimant)).contains(NotHuman.UNKNOWN_PROCESS);
        processes.end(200);
        assertThat(gate.refusal(claimant)).contains(NotHuman.UNKNOWN_PROCESS);
    }

    @Test
    void a_process_with_the_number_of_one_that_has_spoken_is_another_one() {
        markRoot(200);
        processes.start(200, 100, 100);
        assertThat(refusal()).isEmpty();
    }

    @Test
    void the_number_of_a_process_that_has_spoken_means_nothing_once_another_one_leads_a_session_by_it() {
        agents.change(
                Set.of(),
                new AgentMarks(
                        Set.of(new SessionMember(new ProcessMark(100, 999), new KernelSession(100, 999))), Set.of()));
        assertThat(refusal()).isEmpty();
    }

    /** An agent as the job of a human's own shell, in a terminal. */
    @Nested
    final class InATerminalWithAHuman {
        private static final long AGENT = 300;
        private static final long TOOL = 310;

        @BeforeEach
        void bind_a_session_to_an_agent() {
            processes.start(AGENT, 100, 100, TERMINAL_NUMBER);
            markRoot(AGENT);
            processes.start(TOOL, AGENT, 100, TERMINAL_NUMBER);
        }

        private Optional<NotHuman> refusalOf(long pid) {
            return gate.refusal(new Claimant(new Peer(UID, pid), processes.lineage(pid), null, null));
        }

        @Test
        void the_agent_and_all_below_it_are_no_human() {
            assertThat(refusalOf(AGENT)).contains(NotHuman.AGENT_PROCESS);
            assertThat(refusalOf(TOOL)).contains(NotHuman.AGENT_PROCESS);
        }

        @Test
        void the_shell_and_its_jobs_are_the_humans() {
            processes.start(320, 100, 100, TERMINAL_NUMBER);
            processes.start(321, 320, 321);
            for (long pid : new long[] {100, 200, 320, 321}) {
                assertThat(refusalOf(pid)).as("%d", pid).isEmpty();
            }
            processes.end(AGENT);
            processes.end(TOOL);
            assertThat(refusalOf(320)).isEmpty();
        }

        @Test
        void an_orphan_cannot_be_told_from_the_agents_until_all_of_the_session_is_gone() {
            processes.end(AGENT);
            assertThat(refusalOf(TOOL)).contains(NotHuman.DETACHED_PROCESS);
            processes.end(100);
            assertThat(refusalOf(TOOL)).contains(NotHuman.DETACHED_PROCESS);
        }

        @Test
        void an_orphan_that_is_older_than_the_agent_is_none_of_its_children() {
            processes.start(320, 1, 100, TERMINAL_NUMBER);
            processes.start(AGENT, 100, 100, TERMINAL_NUMBER);
            agents.change(agents.marks().processes(), AgentMarks.NONE);
            markRoot(AGENT);
            assertThat(refusalOf(320)).isEmpty();
        }

        @Test
        void a_child_in_a_session_of_its_own_that_called_once_stays_the_agents() {
            processes.start(330, TOOL, 330, 9);
            processes.start(331, 330, 330, 9);
            assertThat(refusalOf(331)).contains(NotHuman.AGENT_PROCESS);
            processes.end(330);
            assertThat(refusalOf(331)).contains(NotHuman.AGENT_PROCESS);
        }

        @Test
        void a_child_in_a_session_of_its_own_that_a_refresh_saw_stays_the_agents() {
            processes.start(330, TOOL, 330, 9);
            marking.refresh();
            processes.end(TOOL);
            assertThat(refusalOf(330)).contains(NotHuman.AGENT_PROCESS);
        }
    }

    @Nested
    final class InAPaneWithAHuman {
        @Test
        void what_names_the_pane_and_left_its_server_cannot_be_told_from_the_agents() {
            processes.start(90, 1, 90);
            processes.start(91, 90, 91, TERMINAL_NUMBER);
            processes.start(92, 91, 91, TERMINAL_NUMBER);
            processes.speakOfPane(92, new PaneMark(90, "%4"));
            markRoot(92);
            processes.start(93, 91, 93, 9);
            processes.speakOfPane(93, new PaneMark(90, "%4"));
            Claimant human = new Claimant(new Peer(UID, 93), processes.lineage(93), null, null);
            assertThat(gate.refusal(human)).isEmpty();
            processes.end(91);
            Claimant orphan = new Claimant(new Peer(UID, 93), processes.lineage(93), null, null);
            assertThat(gate.refusal(orphan)).contains(NotHuman.DETACHED_PROCESS);
        }
    }

    @Nested
    final class WhatWasCutOff {
        private static final long SERVER = 90;
        private static final long PANE = 91;
        private static final long DAEMON = 50;

        private final HumanGate daemons =
                new HumanGate(UID, peer -> true, processes, agents, DAEMON, passphrase::get, nanos::get);

        @BeforeEach
        void start_a_daemon_and_an_agent_in_a_pane() {
            processes.start(20, 1, 20);
            processes.start(DAEMON, 1, DAEMON);
            processes.start(SERVER, 1, SERVER);
            processes.start(PANE, SERVER, PANE, TERMINAL_NUMBER);
            markPane(PANE, "%4");
        }

        private Optional<NotHuman> refusalOf(long pid) {
            return daemons.refusal(new Claimant(new Peer(UID, pid), processes.lineage(pid), null, null));
        }

        @Test
        void is_an_agent_by_the_pane_that_it_says_it_was_started_in() {
            processes.start(300, 1, 300);
            processes.speakOfPane(300, new PaneMark(SERVER, "%4"));
            processes.start(301, 300, 300, 8);
            assertThat(refusalOf(301)).contains(NotHuman.AGENT_PROCESS);
        }

        @Test
        void is_no_agent_by_the_pane_of_somebody_else() {
            processes.start(300, 1, 300);
            processes.start(301, 300, 300, 8);
            processes.speakOfPane(300, new PaneMark(SERVER, "%5"));
            assertThat(refusalOf(301)).isEmpty();
            processes.speakOfPane(300, new PaneMark(SERVER + 1, "%4"));
            assertThat(refusalOf(301)).isEmpty();
        }

        @Test
        void stays_an_agent_when_the_one_that_names_the_pane_has_ended() {
            processes.start(300, 1, 300);
            processes.speakOfPane(300, new PaneMark(SERVER, "%4"));
            processes.start(301, 300, 300, 8);
            assertThat(refusalOf(301)).contains(NotHuman.AGENT_PROCESS);
            processes.end(300);
            assertThat(refusalOf(301)).contains(NotHuman.AGENT_PROCESS);
        }

        @Test
        void is_an_agent_by_a_pane_that_is_closed() {
            processes.start(301, PANE, 301, 8);
            processes.speakOfPane(301, new PaneMark(SERVER, "%4"));
            processes.end(PANE);
            processes.end(SERVER);
            assertThat(refusalOf(301)).contains(NotHuman.AGENT_PROCESS);
        }

        @Test
        void is_none_by_the_pane_of_a_later_server_with_the_same_number() {
            processes.end(PANE);
            processes.start(SERVER, 1, SERVER);
            processes.start(302, SERVER, 302, 8);
            processes.speakOfPane(302, new PaneMark(SERVER, "%4"));
            assertThat(refusalOf(302)).isEmpty();
        }

        @Test
        void is_not_taken_for_a_human_without_a_terminal() {
            processes.start(300, 1, 300);
            processes.start(301, 300, 300);
            assertThat(refusalOf(301)).contains(NotHuman.DETACHED_PROCESS);
        }

        @Test
        void may_be_whatever_it_is_where_it_is_older_than_every_agent_or_has_a_terminal_or_came_from_outside() {
            assertThat(refusalOf(200)).isEmpty();
            processes.start(300, 1, 300, 8);
            processes.start(301, 300, 301);
            assertThat(refusalOf(301)).isEmpty();
            processes.start(400, 0, 400);
            assertThat(refusalOf(400)).isEmpty();
        }

        @Test
        void hangs_below_whatever_took_in_the_daemon_too() {
            processes.start(DAEMON, 20, DAEMON);
            processes.start(300, 20, 300);
            assertThat(refusalOf(300)).contains(NotHuman.DETACHED_PROCESS);
            processes.start(DAEMON, 20, 20);
            assertThat(refusalOf(300)).isEmpty();
        }

        @Test
        void may_have_been_run_by_the_server_of_its_pane() {
            processes.start(300, SERVER, SERVER);
            processes.start(400, SERVER, 400, 9);
            assertThat(refusalOf(300)).contains(NotHuman.DETACHED_PROCESS);
            assertThat(refusalOf(400)).isEmpty();
        }

        @Test
        void may_have_been_run_by_the_daemon() {
            processes.start(300, DAEMON, 300, 9);
            assertThat(refusalOf(300)).contains(NotHuman.DETACHED_PROCESS);
        }

        @Test
        void passes_by_the_passphrase_where_one_is_set() {
            processes.start(300, 1, 300);
            passphrase.set(Optional.of(PassphraseHash.create("sesame".toCharArray(), new Random(1))));
            assertThat(refusalOf(300)).contains(NotHuman.PASSPHRASE_REQUIRED);
            Claimant knowing = new Claimant(new Peer(UID, 300), processes.lineage(300), null, "sesame");
            assertThat(daemons.refusal(knowing)).isEmpty();
        }
    }

    @Test
    void a_passphrase_that_cannot_be_read_is_never_the_right_one_and_says_why() {
        HumanGate broken = new HumanGate(
                UID,
                peer -> true,
                processes,
                agents,
                0,
                () -> {
                    throw new BrokenPassphraseException("the file is torn", null);
                },
                nanos::get);
        assertThat(broken.refusal(claimant("any"))).contains(NotHuman.PASSPHRASE_REQUIRED);
        assertThat(broken.passphraseProblem()).contains("the file is torn");
        assertThat(broken.asksForPassphrase()).isTrue();
        assertThat(gate.passphraseProblem()).isEmpty();
    }

    @Test
    void five_wrong_passphrases_in_a_minute_are_enough() {
        passphrase.set(Optional.of(PassphraseHash.create("sesame".toCharArray(), new Random(1))));
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(gate.refusal(claimant("wrong"))).contains(NotHuman.PASSPHRASE_WRONG);
        }
        assertThat(gate.refusal(claimant("sesame"))).contains(NotHuman.TOO_MANY_ATTEMPTS);
        nanos.addAndGet(60_000_000_000L);
        assertThat(gate.refusal(claimant("sesame"))).isEmpty();
    }
}
