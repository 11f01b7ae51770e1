package dev.agenttower.cli.panel;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.PanelLauncher.RunningPanel;
import dev.agenttower.cli.lifecycle.LockProbe;
import dev.agenttower.cli.lifecycle.PrivateFiles;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.settings.TowerPaths;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code agenttower panel}. */
@Command(
        name = "panel",
        description = "show what waits for you in the browser, on 127.0.0.1",
        footer = {"  agenttower panel", "  agenttower panel --port 8443 --no-open", "  agenttower panel --stop"})
public final class PanelCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST_PORT = 65535;

    private final CliContext context;

    @Option(names = "--port", paramLabel = "N", description = "the port; without it, or for 0, a free one")
    private int port;

    @Option(names = "--no-open", description = "only print the link, and do not open it")
    private boolean isOnlyPrinted;

    @Option(names = "--stop", description = "end the panel that runs")
    private boolean isStopped;

    PanelCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        if (isStopped) {
            stop();
        } else {
            serve();
        }
    }

    private void stop() {
        OptionalLong holder = LockProbe.holderByJava(context.paths().panelLock());
        @Nullable ProcessHandle panel =
                holder.isEmpty() ? null : ProcessHandle.of(holder.getAsLong()).orElse(null);
        if (panel == null) {
            context.out().print("no panel is running\n");
            return;
        }
        panel.destroy();
        try {
            panel.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "error: the panel was asked to end but has not: pid " + panel.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.REFUSED, "error: interrupted", e);
        }
        context.out().print("the panel has ended\n");
    }

    private void serve() {
        if (port < 0 || port > LARGEST_PORT) {
            throw new CommandFailure(ExitCode.USAGE, "error: --port is a number from 0 to " + LARGEST_PORT);
        }
        Path socket = context.socket().path();
        try (FileChannel channel = lockFile();
                @Nullable FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new CommandFailure(
                        ExitCode.PRECONDITION,
                        "error: a panel is running already: Enter in its terminal prints a new link, `agenttower panel --stop` ends it");
            }
            try (RunningPanel panel = context.panel().launch(socket, port, this::warn)) {
                serve(panel);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: the panel cannot start: " + e.getMessage(), e);
        }
    }

    private FileChannel lockFile() throws IOException {
        TowerPaths paths = context.paths();
        try {
            PrivateFiles.ensureFolder(paths.stateDir(), paths.stateDir());
            PrivateFiles.createFile(paths.panelLock(), "");
        } catch (UnusableFileException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: unsafe or unusable: " + e.getMessage(), e);
        }
        return FileChannel.open(paths.panelLock(), StandardOpenOption.WRITE);
    }

    /** Serves until the process is ended; each line on stdin asks for a new link. */
    private void serve(RunningPanel panel) throws IOException {
        String link = panel.newLink();
        context.out().print("open once, within five minutes: " + link + "\n");
        if (context.terminals().input()) {
            context.out().print("Enter prints a new link, Ctrl+C ends the panel.\n");
        }
        context.out().flush();
        if (!isOnlyPrinted) {
            open(link);
        }
        for (int next = context.in().read(); next >= 0; next = context.in().read()) {
            if (next == '\n') {
                context.out().print(panel.newLink() + "\n");
                context.out().flush();
            }
        }
        awaitEnd();
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warn(String line) {
        context.err().print("warning: " + TerminalText.safe(line) + "\n");
        context.err().flush();
    }

    private void open(String link) {
        if (context.variable("DISPLAY") == null && context.variable("WAYLAND_DISPLAY") == null) {
            return;
        }
        File nothing = new File("/dev/null");
        try {
            new ProcessBuilder("xdg-open", link)
                    .redirectInput(nothing)
                    .redirectOutput(nothing)
                    .redirectError(nothing)
                    .start();
        } catch (IOException e) {
            warn("no browser was opened: " + e.getMessage());
        }
    }
}
