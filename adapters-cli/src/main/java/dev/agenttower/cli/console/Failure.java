package dev.agenttower.cli.console;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.governance.RefusalAdvice;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Failures in one line each. */
final class Failure {
    private Failure() {}

    static String text(RuntimeException failure) {
        String message = Text.singleLine(Objects.requireNonNullElse(failure.getMessage(), ""));
        if (failure instanceof GovernanceRefusedException refusal) {
            @Nullable String advice = RefusalAdvice.of(refusal);
            return refusal.code() + ": " + message + (advice == null ? "" : "; " + advice);
        }
        if (failure instanceof DaemonErrorException refusal) {
            return refusal.code() + ": " + message;
        }
        if (failure instanceof RefusedException refusal) {
            return refusal.code().wire() + ": " + message;
        }
        if (failure instanceof TransportException) {
            return "the daemon does not answer; `agenttower ensure-daemon` starts it";
        }
        return failure instanceof CommandFailure ? message.replaceFirst("^error: ", "") : failure.toString();
    }
}
