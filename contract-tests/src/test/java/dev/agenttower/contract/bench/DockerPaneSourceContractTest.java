package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.Unreachable;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
final class DockerPaneSourceContractTest extends PaneSourceContract {
    private BenchLab lab;
    private DockerAndTmux benches;
    private Bench bench;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
        benches = DockerAndTmux.open(System.getenv());
        bench = lab.up("py");
    }

    @AfterEach
    void close() {
        if (benches != null) {
            benches.close();
            lab.close();
        }
    }

    @Override
    PaneSource source() {
        return benches.paneSource();
    }

    @Override
    BenchTarget target() {
        return bench.target();
    }

    @Override
    void startServer(String name, int panes) {
        bench.exec("tmux", "-L", name, "-f", "/dev/null", "new-session", "-d", "-s", "work");
        for (int pane = 1; pane < panes; pane++) {
            bench.exec("tmux", "-L", name, "new-window", "-d", "-t", "work");
        }
    }

    @Override
    void abandonServer(String name) {
        bench.sh("kill -9 $(tmux -L " + name + " display-message -p '#{pid}')");
        bench.sh("while tmux -L " + name + " list-panes -a >/dev/null 2>&1; do sleep 0.1; done");
    }

    @Test
    void a_container_without_a_shell_is_asked_question_by_question() {
        startServer("default", 2);
        startServer("stale", 1);
        abandonServer("stale");
        bench.sh("touch /tmp/tmux-1000/a-file; ln -s default /tmp/tmux-1000/a-link");
        bench.execAs("root", "/bin/busybox", "rm", "/bin/sh");

        Map<String, ?> sockets = sockets();

        assertThat(sockets).containsOnlyKeys("default", "stale");
        assertThat(panes(sockets().get("default")).panes()).hasSize(2);
        assertThat(panes(sockets().get("stale")).panes()).isEmpty();
    }

    @Test
    void a_container_without_a_shell_has_its_failures_named_as_well() {
        bench.execAs("root", "/bin/busybox", "rm", "/bin/sh");
        assertThat(codeOf(source().list(target()))).isEqualTo(ErrorCode.SOCKET_DIR_MISSING);

        startServer("default", 1);
        bench.execAs("root", "/bin/busybox", "mv", "/usr/bin/tmux", "/usr/bin/xumt");
        assertThat(((Failed) sockets().get("default").outcome()).code()).isEqualTo(ErrorCode.TMUX_UNAVAILABLE);

        bench.execAs("root", "/bin/busybox", "rm", "/bin/id");
        assertThat(codeOf(source().list(target()))).isEqualTo(ErrorCode.DOCKER_EXEC_FAILED);
    }

    @Test
    void skips_what_is_no_socket() {
        startServer("default", 1);
        bench.sh("cd /tmp/tmux-1000 && touch a-file && mkdir a-folder && ln -s default a-link && mkfifo a-pipe");

        assertThat(sockets()).containsOnlyKeys("default");
    }

    @Test
    void an_empty_folder_is_known_to_be_empty() {
        startServer("default", 1);
        bench.exec("tmux", "kill-server");
        bench.sh("rm -f /tmp/tmux-1000/*");

        assertThat(source().list(target())).isEqualTo(new Listed(List.of()));
    }

    @Test
    void a_missing_and_an_unreadable_folder_are_told_apart() {
        assertThat(codeOf(source().list(target()))).isEqualTo(ErrorCode.SOCKET_DIR_MISSING);

        startServer("default", 1);
        bench.exec("chmod", "000", "/tmp/tmux-1000");
        assertThat(codeOf(source().list(target()))).isEqualTo(ErrorCode.SOCKET_UNREADABLE);
    }

    @Test
    void a_container_without_tmux_is_told_apart_for_each_socket() {
        startServer("default", 1);
        bench.execAs("root", "rm", "/usr/bin/tmux");

        assertThat(((Failed) sockets().get("default").outcome()).code()).isEqualTo(ErrorCode.TMUX_UNAVAILABLE);
    }

    @Test
    void an_unknown_user_and_an_unknown_container_are_failures_of_that_bench() {
        assertThat(codeOf(source().list(new BenchTarget(bench.id(), "x", "nobody-there"))))
                .isEqualTo(ErrorCode.DOCKER_EXEC_FAILED);
        assertThat(codeOf(source().list(new BenchTarget(new ContainerId("gone"), "x", "dev"))))
                .isEqualTo(ErrorCode.DOCKER_EXEC_FAILED);
    }

    @Test
    void asks_as_a_numeric_user_too() {
        startServer("default", 1);

        assertThat(source().list(new BenchTarget(bench.id(), bench.name(), "1000")))
                .isInstanceOf(Listed.class);
    }

    @Test
    void odd_folders_commands_and_titles_break_no_row() {
        bench.sh(
                "odd=\"$(printf '/tmp/a\\tb\\nc\\377d')\"; mkdir \"$odd\"; cd \"$odd\"; tmux -f /dev/null new-session -d -s work");
        bench.sh("tmux rename-session -t work 'ü s'; tmux select-pane -T \"$(printf '\\tT\\n \\377 猫')\" || true");
        bench.sh("tmux new-window -d \"printf '\\033]2;%s\\033\\\\\\\\' 'a title | 猫'; exec sleep 1000\"");

        await().untilAsserted(() -> {
            var seen = panes(sockets().get("default"));
            assertThat(seen.malformedRows()).isZero();
            assertThat(seen.panes()).hasSize(2);
            assertThat(seen.panes().get(0).currentPath())
                    .startsWith("/tmp/a\tb\nc")
                    .contains("\ufffd");
            assertThat(seen.panes().get(0).sessionName()).isEqualTo("ü s");
            assertThat(seen.panes().get(1)).extracting(ObservedPane::title).isEqualTo("a title | 猫");
        });
    }

    @Test
    void a_server_that_hangs_costs_the_bench_its_deadline_and_leaves_nothing_running() {
        startServer("a", 2);
        startServer("b", 1);
        bench.sh("kill -STOP $(tmux -L b display-message -p '#{pid}')");
        long begin = System.nanoTime();

        var sockets = sockets();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        assertThat(panes(sockets.get("a")).panes()).hasSize(2);
        assertThat(((Failed) sockets.get("b").outcome()).code()).isEqualTo(ErrorCode.DOCKER_EXEC_TIMEOUT);
        await().untilAsserted(() -> assertThat(bench.exec("ps")).doesNotContain("list-panes"));
    }

    @Test
    void an_engine_that_is_gone_is_a_failure_of_all_benches() {
        try (DockerAndTmux lost = DockerAndTmux.open(Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock"))) {
            ContainerEngineException failure = catchThrowableOfType(
                    ContainerEngineException.class, () -> lost.paneSource().list(target()));

            assertThat(failure.code()).isEqualTo(ErrorCode.DOCKER_UNAVAILABLE);
        }
    }

    private static ErrorCode codeOf(BenchPanes answer) {
        assertThat(answer).isInstanceOf(Unreachable.class);
        return ((Unreachable) answer).code();
    }
}
