package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.container.HostBench;
import org.junit.jupiter.api.Test;

/** What every host that is a bench must do. */
abstract class HostBenchContract {
    /** The host under test; no tmux server runs on it at first. */
    abstract HostBench host();

    /** Starts a tmux server of the daemon's user. */
    abstract void startTmux();

    /** Starts one whose socket is outside of the usual folder; gives its path. */
    abstract String startTmuxElsewhere();

    /** Ends it. */
    abstract void endTmux();

    @Test
    void is_the_same_bench_whether_or_not_tmux_runs() {
        var before = host().describe();
        startTmux();

        assertThat(host().describe()).isEqualTo(before);
        assertThat(host().id()).isEqualTo(before.id());
        assertThat(before.id().value()).matches("[0-9a-f]{64}");
        assertThat(before.name()).isEqualTo("host");
        assertThat(before.status()).isEqualTo("running");
    }

    @Test
    void tells_whether_a_tmux_server_runs() {
        assertThat(host().isTmuxRunning()).isFalse();
        startTmux();
        assertThat(host().isTmuxRunning()).isTrue();
        endTmux();
        assertThat(host().isTmuxRunning()).isFalse();
    }

    @Test
    void takes_in_a_server_elsewhere_when_its_socket_is_named() {
        String socket = startTmuxElsewhere();
        assertThat(host().isTmuxRunning()).isFalse();

        host().include("relative");
        host().include("/nothing/there");
        host().include("no\0path");
        assertThat(host().isTmuxRunning()).isFalse();

        host().include(socket);
        assertThat(host().isTmuxRunning()).isTrue();
    }

    @Test
    void starts_no_server_by_asking() {
        host().describe();

        assertThat(host().isTmuxRunning()).isFalse();
        assertThat(host().isTmuxRunning()).isFalse();
    }
}
