package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.tmux.LocalPaneSource;
import dev.agenttower.bench.tmux.TmuxSockets;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import dev.agenttower.core.pane.BenchPanes.Unreachable;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts the processes below this JVM")
@Tag("tmux")
final class LocalPaneSourceContractTest extends PaneSourceContract {
    @RegisterExtension
    final LocalLab lab = new LocalLab();

    @Override
    PaneSource source() {
        return lab.benches().paneSource();
    }

    @Override
    BenchTarget target() {
        return lab.target();
    }

    @Override
    void startServer(String name, int panes) {
        lab.tmux().start(name, panes);
    }

    @Override
    void abandonServer(String name) {
        String pid = lab.tmux().run(name, "display-message", "-p", "#{pid}").strip();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    @Test
    void skips_what_is_no_socket() throws IOException {
        startServer("default", 1);
        Files.createFile(lab.tmux().folder().resolve("a-file"));
        Files.createDirectory(lab.tmux().folder().resolve("a-folder"));
        Files.createSymbolicLink(
                lab.tmux().folder().resolve("a-link"), lab.tmux().socket("default"));

        assertThat(sockets()).containsOnlyKeys("default");
    }

    @Test
    void a_socket_that_is_moved_during_a_look_is_found_at_its_new_path() throws IOException {
        startServer("a", 1);
        startServer("b", 2);
        Path folder = lab.tmux().folder();
        Path moved = lab.tmux().socket("c");
        var moving = new LocalPaneSource(
                new TmuxSockets(folder, Files.getAttribute(folder, "unix:uid")), Duration.ofSeconds(10), pid -> {
                    // called with the answer of "a", when "b" has been listed
                    if (!Files.exists(moved)) {
                        rename(lab.tmux().socket("b"), moved);
                    }
                    return OptionalLong.empty();
                });

        assertThat(moving.list(target()))
                .isInstanceOfSatisfying(
                        Listed.class,
                        listed -> assertThat(listed.sockets())
                                .extracting(SocketPanes::path)
                                .containsExactly(lab.tmux().socket("a").toString(), moved.toString()));
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_missing_folder_is_named() throws IOException {
        Files.delete(lab.tmux().folder());
        try {
            assertThat(source().list(target()))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            answer -> assertThat(answer.code()).isEqualTo(ErrorCode.SOCKET_DIR_MISSING));
        } finally {
            Files.createDirectory(lab.tmux().folder());
        }
    }

    @Test
    void an_odd_folder_and_an_odd_title_break_no_row() throws IOException {
        Path odd = Files.createDirectory(lab.tmux().folder().resolveSibling("a\tb\nc|d ü"));
        lab.tmux().run("default", "new-session", "-d", "-s", "work", "-c", odd.toString(), "sleep", "1000");
        lab.tmux().run("default", "select-pane", "-t", "work", "-T", "Ärger | 猫 %1");

        assertThat(panes(sockets().get("default")).panes())
                .singleElement()
                .extracting(ObservedPane::currentPath, ObservedPane::title, ObservedPane::currentCommand)
                .containsExactly(odd.toString(), "Ärger | 猫 %1", "sleep");
    }

    @Test
    void a_server_that_hangs_costs_its_deadline_and_hides_no_other() {
        startServer("default", 2);
        startServer("hangs", 1);
        String pid = lab.tmux().run("hangs", "display-message", "-p", "#{pid}").strip();
        Command.run("kill", "-STOP", pid);
        try {
            long begin = System.nanoTime();
            var sockets = sockets();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(panes(sockets.get("default")).panes()).hasSize(2);
            assertThat(sockets.get("hangs").outcome())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.DOCKER_EXEC_TIMEOUT));
            assertThat(took).isLessThan(Duration.ofSeconds(7));
            // A process that was killed is there until it has been waited for.
            await().untilAsserted(
                            () -> assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive));
        } finally {
            Command.run("kill", "-CONT", pid);
        }
    }
}
