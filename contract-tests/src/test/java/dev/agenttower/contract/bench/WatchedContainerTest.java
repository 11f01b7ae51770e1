package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code dashboard --watch} on a real terminal, with the panes of a real container. */
@Tag("docker")
final class WatchedContainerTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    @TempDir
    Path directory;

    private BenchLab lab;
    private TestTerminal terminal;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
    }

    @AfterEach
    void close() {
        if (terminal != null) {
            terminal.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void enter_attaches_to_a_pane_of_a_container_and_the_view_returns_after_it_is_detached() throws IOException {
        Bench bench = lab.upWithPanes("watched", 2);
        bench.watchedAloneBy(tower);
        tower.start();
        terminal = TestTerminal.open(
                24,
                Map.of(
                        "HOME",
                        tower.home().toString(),
                        "TMUX_TMPDIR",
                        tower.home().toString()));
        String before = terminal.settings();
        Path pid = directory.resolve("pid");
        terminal.enter(
                TestTerminal.traced(Programs.REAL.launcher("agenttower").toAbsolutePath() + " dashboard --watch", pid));
        terminal.awaitLine("> work:0.0");
        terminal.press("j");
        terminal.awaitLine("> work:");
        terminal.press("G", "Enter");
        await().atMost(TestTerminal.PATIENCE)
                .until(() -> !bench.sh("tmux list-clients").isBlank());
        terminal.awaitShown("[work] ");
        terminal.press("C-b", "d");
        terminal.awaitLine("> work:");
        assertThat(bench.sh("tmux list-clients")).isBlank();
        bench.sh("tmux kill-pane -t %1");
        terminal.press("Enter");
        terminal.awaitShown("the pane is gone or cannot be reached: can't find pane: %1");
        terminal.press("k", "Enter");
        terminal.awaitShown("[work] ");
        Command.run("kill", "-TERM", Files.readString(pid).strip());
        terminal.awaitShown("ended with 143");
        assertThat(terminal.isPlain()).isTrue();
        assertThat(terminal.settings()).isEqualTo(before);
    }
}
