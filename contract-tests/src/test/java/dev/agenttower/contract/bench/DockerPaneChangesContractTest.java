package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.contract.process.Descriptors;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("docker")
final class DockerPaneChangesContractTest extends PaneChangesContract {
    private static final String LOOP = "agenttower watches";
    private static final String STATE =
            "for question in 'show-options -g' 'show-options -gw' 'show-options -s' 'show-hooks -g' list-clients"
                    + " list-sessions 'list-windows -a'; do tmux $question; done; ls -la /tmp /tmp/tmux-1000 /home/dev";

    @RegisterExtension
    final EngineLab lab = new EngineLab();

    private Bench bench;
    private int names;

    @BeforeEach
    void start() {
        bench = lab.up("py");
    }

    @Override
    PaneChanges changes() {
        return lab.benches().paneChanges();
    }

    @Override
    BenchTarget target() {
        return bench.target();
    }

    @Override
    void startServer(String name) {
        bench.exec("tmux", "-L", name, "-f", "/dev/null", "new-session", "-d", "-s", "work");
    }

    @Override
    void openPane(String server) {
        bench.exec("tmux", "-L", server, "new-window", "-t", "work");
    }

    @Override
    void closePane(String server) {
        bench.exec("tmux", "-L", server, "kill-pane", "-t", "work");
    }

    @Override
    void renameSession(String server) {
        bench.exec("tmux", "-L", server, "rename-session", "-t", "$0", "named-" + names++);
    }

    @Override
    void setTitle(String server) {
        bench.exec("tmux", "-L", server, "select-pane", "-t", "%0", "-T", "titled " + names++);
    }

    @Override
    void endServer(String name) {
        bench.exec("tmux", "-L", name, "kill-server");
    }

    @Override
    void settle() {
        int before = told();
        await().until(() -> told() > before || isLooping());
        await().until(this::isLooping);
    }

    @Test
    void changes_nothing_in_the_bench_that_is_watched_and_asked() {
        startServer("default");
        // tmux would name the window after what runs in it by then
        bench.exec("tmux", "set-option", "-g", "automatic-rename", "off");
        String before = bench.sh(STATE);
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(() -> told() == 1);
            lab.benches().paneSource().list(target());
            noticed(() -> openPane("default"));
            noticed(() -> closePane("default"));
            lab.benches().paneSource().list(target());
        }
        await().until(() -> !isLooping());
        assertThat(bench.sh(STATE)).isEqualTo(before);
    }

    @Test
    void notices_a_server_that_takes_over_a_socket_that_was_left_behind() {
        startServer("default");
        bench.sh("kill -9 $(tmux display-message -p '#{pid}')");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(() -> told() == 1);
            noticed(() -> startServer("default"));
        }
    }

    @Test
    void a_job_of_the_status_line_is_no_news() {
        startServer("default");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(() -> told() == 1);
            bench.exec("tmux", "run-shell", "-b", "sleep 3");
            noticed(() -> openPane("default"));
            assertThat(told()).isEqualTo(2);
        }
    }

    @Test
    void begins_again_when_the_engine_was_lost() {
        startServer("default");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(() -> told() == 1);

            lab.relay().cut();
            await().until(() -> !isLooping());
            lab.relay().lead();

            await().until(() -> told() == 2);
            noticed(() -> openPane("default"));
        }
    }

    @Test
    void reports_a_container_without_a_shell_as_changed() {
        bench.execAs("root", "/bin/busybox", "rm", "/bin/sh");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            await().until(() -> told() == 1);
        }
    }

    @Test
    void leaves_nothing_running_when_the_process_that_watches_is_killed() throws IOException {
        startServer("default");
        Process watcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WatchingProcess.class.getName(),
                        bench.id().value())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(this::isLooping);
            assertThat(Descriptors.internetSockets(watcher.pid())).isEmpty();
        } finally {
            watcher.destroyForcibly();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> !isLooping());
    }

    private boolean isLooping() {
        return bench.exec("ps").contains(LOOP);
    }
}
