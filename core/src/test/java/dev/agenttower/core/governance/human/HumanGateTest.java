package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HumanGateTest {
    private static final long UID = 1000;

    private final InMemoryProcessTree processes = new InMemoryProcessTree();
    private final InMemoryAgentProcesses agents = new InMemoryAgentProcesses();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Optional<PassphraseHash>> passphrase = new AtomicReference<>(Optional.empty());
    private boolean isOnHost = true;
    private final HumanGate gate = new HumanGate(UID, peer -> isOnHost, processes, agents, passphrase::get, nanos::get);

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
        agents.registerPane(100);
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_what_is_below_a_process_that_has_spoken() {
        agents.remember(processes.lineage(100).get(0).mark());
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_what_an_agent_cut_loose_within_its_session() {
        agents.registerPane(100);
        processes.end(100);
        assertThat(processes.lineage(200)).hasSize(2);
        assertThat(refusal()).contains(NotHuman.AGENT_PROCESS);
    }

    @Test
    void refuses_who_was_below_an_agent_when_it_connected() {
        processes.start(200, 100, 200);
        Claimant claimant = claimant("");
        agents.registerPane(100);
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
}
