package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every host gate must do. */
abstract class HostGateContract {
    /** The gate under test. */
    abstract HostGate gate();

    /** A process that surely runs on the host. */
    abstract Peer onHost();

    /** A process that is gone. */
    abstract Peer gone();

    @Test
    void lets_a_process_of_the_host_pass() {
        assertThat(gate().isOnHost(onHost())).isTrue();
    }

    @Test
    void refuses_a_process_that_is_gone() {
        assertThat(gate().isOnHost(gone())).isFalse();
    }

    @Test
    void refuses_a_process_that_nobody_knows() {
        assertThat(gate().isOnHost(new Peer(1000, Peer.UNKNOWN))).isFalse();
        assertThat(gate().isOnHost(new Peer(1000, 0))).isFalse();
        assertThat(gate().isOnHost(new Peer(Peer.UNKNOWN, Peer.UNKNOWN))).isFalse();
    }

    @Test
    void answers_many_threads_at_once() throws Exception {
        Peer peer = onHost();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            var answers = threads.invokeAll(IntStream.range(0, 200)
                    .<Callable<Boolean>>mapToObj(call -> () -> gate().isOnHost(peer))
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
