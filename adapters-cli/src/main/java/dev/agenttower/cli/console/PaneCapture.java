package dev.agenttower.cli.console;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.client.DaemonException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads the screens of panes whose tmux server is where this program runs. An engine that runs tmux in a container takes too much time for
 * that, so panes elsewhere are not read. Used by one thread.
 */
final class PaneCapture {
    private static final int MOST_BYTES = 1 << 18;
    private static final long SECONDS = 2;

    private final CliContext context;
    private final DaemonAccess daemon;
    private Optional<String> bench = Optional.empty();

    PaneCapture(CliContext context, DaemonAccess daemon) {
        this.context = context;
        this.daemon = daemon;
    }

    PaneScreen read(BenchPane pane) {
        try {
            if (bench.isEmpty()) {
                bench = new OwnPane(daemon, context).knownBench();
            }
            return bench.filter(pane.key().container().value()::equals).isPresent()
                    ? capture(pane)
                    : new PaneScreen(pane.key(), List.of(), "Enter leads to its screen, which is not read from here");
        } catch (DaemonException e) {
            return new PaneScreen(pane.key(), List.of(), Failure.text(e));
        } catch (IOException e) {
            return new PaneScreen(pane.key(), List.of(), "tmux cannot be started");
        }
    }

    private PaneScreen capture(BenchPane pane) throws IOException {
        ProcessBuilder tmux = new ProcessBuilder(
                        "tmux",
                        "-u",
                        "-S",
                        pane.key().socketPath(),
                        "capture-pane",
                        "-e",
                        "-p",
                        "-t",
                        pane.key().paneId())
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        tmux.environment().clear();
        tmux.environment().putAll(context.environment());
        Process process = tmux.start();
        CompletableFuture<Void> unused = process.onExit()
                .completeOnTimeout(process, SECONDS, TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly);
        try (InputStream written = process.getInputStream()) {
            String text = new String(written.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return new PaneScreen(pane.key(), ScreenText.of(text.lines().toList()), "");
        }
    }
}
