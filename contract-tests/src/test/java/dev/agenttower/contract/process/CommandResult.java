package dev.agenttower.contract.process;

import java.time.Duration;
import java.util.List;

/** How a command ended. */
public record CommandResult(String command, int exitCode, String out, String err, Duration took) {
    /** Standard output by lines. */
    public List<String> outLines() {
        return out.lines().toList();
    }

    /** This result, if the command succeeded. */
    public CommandResult orThrow() {
        if (exitCode != 0) {
            throw new AssertionError(toString());
        }
        return this;
    }

    @Override
    public String toString() {
        return "%s exited with %d after %d ms%n--- stdout%n%s--- stderr%n%s"
                .formatted(command, exitCode, took.toMillis(), out, err);
    }
}
