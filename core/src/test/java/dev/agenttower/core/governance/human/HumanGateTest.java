package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.ProcessMark;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class HumanGateTest {
    private static final long UID = 1000;

    private final InMemoryProcessTree processes = new InMemoryProcessTree();
    private final InMemoryAgentProcesses agents = new InMemoryAgentProcesses();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Optional<PassphraseHash>> passphrase = new AtomicReference<>(Optional.empty());
    private boolean isOnHost = true;
    private final HumanGate gate =
            new HumanGate(UID, peer -> isOnHost, processes, agents, 0, passphrase::get, nanos::get);

    @BeforeEach
    void start_a_shell_and_a_program_below_it() {
        processes.start(1, 0, 1);
        processes.start(100, 1, 100);
        processes.start(200, 100, 100);
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
        agents.registerPane(100, "%0");
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_what_is_below_a_process_that_has_spoken() {
        agents.remember(processes.lineage(100).get(0).mark());
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_what_an_agent_cut_loose_within_its_session() {
        agents.registerPane(100, "%0");
        processes.end(100);
        assertThat(processes.lineage(200)).hasSize(2);
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_who_was_below_an_agent_when_it_connected() {
        processes.start(200, 100, 200);
        Claimant claimant = claimant("");
        agents.registerPane(100, "%0");
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
        agents.remember(processes.lineage(200).get(0).mark());
        processes.start(200, 100, 100);
        assertThat(refusal()).isEmpty();
    }

    @Test
    void the_number_of_a_process_that_has_spoken_means_nothing_once_another_one_leads_a_session_by_it() {
        agents.remember(new ProcessMark(100, 999));
        assertThat(refusal()).isEmpty();
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
            processes.start(PANE, SERVER, PANE, 3);
            agents.registerPane(PANE, "%4");
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
            processes.speakOfPane(300, new PaneMark(SERVER, "%5"));
            assertThat(refusalOf(301)).isEmpty();
            processes.speakOfPane(300, new PaneMark(SERVER + 1, "%4"));
            assertThat(refusalOf(301)).isEmpty();
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
