package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.RefusalAdvice;
import dev.agenttower.cli.surroundings.InvalidSocketException;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.InvalidSettingsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports the failure of a command on stderr, or, for a refusal with {@code --json}, on stdout. Other exceptions are bugs. */
record Failures(CliContext context) implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        return exitCode(failure, command.getParseResult().hasMatchedOption("--json"))
                .status();
    }

    private ExitCode exitCode(Exception failure, boolean isJson) throws Exception {
        if (failure instanceof DaemonErrorException e) {
            return refused(e.code(), e.getMessage(), null, isJson);
        }
        if (failure instanceof GovernanceRefusedException e) {
            return refused(e.code(), e.getMessage(), RefusalAdvice.of(e), isJson);
        }
        if (failure instanceof RefusedException e) {
            return refused(e.code().wire(), e.getMessage(), null, isJson);
        }
        if (failure instanceof CommandFailure e) {
            return failed(e.exitCode(), e.getMessage());
        }
        if (failure instanceof InvalidSocketException e) {
            return failed(ExitCode.PRECONDITION, e.getMessage());
        }
        if (failure instanceof InvalidSettingsException e) {
            return failed(ExitCode.PRECONDITION, "error: " + e.getMessage());
        }
        if (failure instanceof TransportException) {
            return failed(ExitCode.UNREACHABLE, CommandFailure.UNREACHABLE);
        }
        throw failure;
    }

    private ExitCode failed(ExitCode exitCode, @Nullable String lines) {
        context.err().print(lines + "\n");
        return exitCode;
    }

    private ExitCode refused(String code, String message, @Nullable String next, boolean isJson) {
        if (isJson) {
            var envelope = JsonText.object().put("ok", false);
            var error = envelope.putObject("error").put("code", code).put("message", message);
            if (next != null) {
                error.put("next", next);
            }
            context.out().print(JsonText.ascii(envelope) + "\n");
        } else {
            context.err()
                    .print(CommandFailure.refusalLines(code, message) + "\n"
                            + (next == null ? "" : "next: " + next + "\n"));
        }
        return ExitCode.ofErrorCode(code);
    }
}
