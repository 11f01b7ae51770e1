package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.Benches;
import dev.agenttower.core.bench.HostBench;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tmux")
final class LocalHostBenchContractTest extends HostBenchContract {
    private PrivateTmux tmux;
    private Benches benches;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        benches = Benches.open(tmux.environment());
    }

    @AfterEach
    void close() {
        if (benches != null) {
            benches.close();
            tmux.close();
        }
    }

    @Override
    HostBench host() {
        return benches.hostBench();
    }

    @Override
    void startTmux() {
        tmux.start("default", 1);
    }

    @Override
    void endTmux() {
        tmux.run("default", "kill-server");
        await().until(() ->
                Command.attempt(List.of("tmux", "-S", tmux.socket("default").toString(), "list-sessions"))
                                .status()
                        != 0);
    }

    @Test
    void a_socket_that_was_left_behind_is_no_server() {
        startTmux();
        long pid = Long.parseLong(
                tmux.run("default", "display-message", "-p", "#{pid}").strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();

        assertThat(tmux.socket("default")).exists();
        assertThat(host().isTmuxRunning()).isFalse();
    }

    @Test
    void asking_whether_it_runs_leaves_no_client_behind() {
        startTmux();
        for (int look = 0; look < 100; look++) {
            assertThat(host().isTmuxRunning()).isTrue();
        }

        assertThat(tmux.run("default", "list-clients")).isEmpty();
    }
}
