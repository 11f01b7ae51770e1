package dev.agenttower.contract.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command under way, its output being collected. */
public final class RunningCommand {
    private final long startedAt = System.nanoTime();
    private final String command;
    private final Process process;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CompletableFuture<String> out;
    private final CompletableFuture<String> err;

    RunningCommand(String command, Process process) {
        this.command = command;
        this.process = process;
        this.out = collect(process.getInputStream(), printed, "stdout");
        this.err = collect(process.getErrorStream(), new ByteArrayOutputStream(), "stderr");
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** What the process has printed so far. */
    public String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /**
     * Waits for the end of the process and of its output.
     *
     * @throws AssertionError if it takes longer; the process is then killed
     */
    public CommandResult await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + patience);
            }
            String stdout = out.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            String stderr = err.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            return new CommandResult(command, process.exitValue(), stdout, stderr, took);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the output of " + command + " does not end", e);
        }
    }

    private static CompletableFuture<String> collect(InputStream stream, ByteArrayOutputStream all, String name) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (stream) {
                        stream.transferTo(all); // its methods are synchronized
                        text.complete(all.toString(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(new UncheckedIOException(e));
                    }
                },
                "collect-" + name);
        reader.setDaemon(true);
        reader.start();
        return text;
    }
}
