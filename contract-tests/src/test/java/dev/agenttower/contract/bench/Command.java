package dev.agenttower.contract.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the machine that was run to its end.
 *
 * @param output what it printed, complaints included
 */
record Command(int status, String output) {
    private static final int LONGEST_SECONDS = 120;

    /** Runs a program, whatever becomes of it. */
    static Command attempt(List<String> arguments) {
        return attempt(new ProcessBuilder(arguments));
    }

    static Command attempt(ProcessBuilder builder) {
        try {
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not end: " + builder.command());
            }
            return new Command(process.exitValue(), output);
        } catch (IOException notStarted) {
            return new Command(127, String.valueOf(notStarted.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }

    /** Runs a program that must succeed, and returns what it printed. */
    static String run(List<String> arguments) {
        Command command = attempt(arguments);
        if (command.status() != 0) {
            throw new IllegalStateException(arguments + " ended with " + command.status() + ": " + command.output());
        }
        return command.output();
    }

    static String run(String... arguments) {
        return run(List.of(arguments));
    }
}
