package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.container.HostBench;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("tmux")
final class LocalHostBenchContractTest extends HostBenchContract {
    @RegisterExtension
    final LocalLab lab = new LocalLab();

    private PrivateTmux elsewhere;

    @Override
    HostBench host() {
        return lab.benches().hostBench();
    }

    @Override
    void startTmux() {
        lab.tmux().start("default", 1);
    }

    @Override
    String startTmuxElsewhere() {
        elsewhere = PrivateTmux.open();
        elsewhere.start("default", 1);
        return elsewhere.socket("default").toString();
    }

    @AfterEach
    void endElsewhere() {
        if (elsewhere != null) {
            elsewhere.close();
        }
    }

    @Override
    void endTmux() {
        lab.tmux().run("default", "kill-server");
        await().until(() -> Command.attempt(List.of(
                                "tmux", "-S", lab.tmux().socket("default").toString(), "list-sessions"))
                        .status()
                != 0);
    }

    @Test
    void a_socket_that_was_left_behind_is_no_server() {
        startTmux();
        long pid = Long.parseLong(
                lab.tmux().run("default", "display-message", "-p", "#{pid}").strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();

        assertThat(lab.tmux().socket("default")).exists();
        assertThat(host().isTmuxRunning()).isFalse();
    }

    @Test
    void asking_whether_it_runs_leaves_no_client_behind() {
        startTmux();
        for (int look = 0; look < 100; look++) {
            assertThat(host().isTmuxRunning()).isTrue();
        }

        assertThat(lab.tmux().run("default", "list-clients")).isEmpty();
    }
}
