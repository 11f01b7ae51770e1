package dev.agenttower.cli.queue;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.failure.RefusedException;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/** The exit statuses of the commands of the queue, which differ from those of other commands. */
final class QueueExit {
    static final int OK = 0;
    private static final String UNREACHABLE =
            "error: daemon is not running or socket is unreachable: try `agenttower ensure-daemon`";

    private QueueExit() {}

    /** The status of a code of the daemon, or of the outcome of a message. */
    static int of(String code) {
        return switch (code) {
            case "delivered", "queued" -> OK;
            case "delivery_wait_timeout", "host_context_unsupported" -> 1;
            case "routing_disabled" -> 2;
            case "sender_role_not_permitted" -> 4;
            case "agent_not_found" -> 5;
            case "target_label_ambiguous" -> 6;
            case "target_not_active" -> 7;
            case "target_role_not_permitted" -> 8;
            case "target_container_inactive" -> 9;
            case "target_pane_missing" -> 10;
            case "body_empty", "body_invalid_encoding", "body_invalid_chars", "body_too_large" -> 11;
            case "daemon_unavailable", "daemon_shutting_down" -> 12;
            case "since_invalid_format" -> 14;
            case "terminal_state_cannot_change" -> 15;
            case "delivery_in_progress" -> 16;
            case "approval_not_applicable" -> 17;
            case "delay_not_applicable" -> 18;
            case "routing_toggle_host_only" -> 19;
            case "message_id_not_found" -> 20;
            case "operator_pane_inactive" -> 21;
            case "held" -> 22;
            case "turn_failed" -> 23;
            case "bad_request", "unknown_method" -> 64;
            default -> 3;
        };
    }

    /** The status of a message that is neither delivered nor waiting. */
    static int ofOutcome(String outcome) {
        int status = of(outcome);
        // Failures of deliveries, and what else became of a message, have no status of their own.
        return status == 3 ? 13 : status;
    }

    /** Runs a command, and reports a refusal in two lines. */
    static int run(Output output, IntSupplier command) {
        return run(
                output,
                command,
                (code, message) -> output.context().err().print(CommandFailure.refusalLines(code, message) + "\n"));
    }

    /** Runs a command, and reports a refusal with {@code --json} as an envelope on stdout, else by {@code report}. */
    static int run(Output output, IntSupplier command, BiConsumer<String, String> report) {
        try {
            return command.getAsInt();
        } catch (DaemonErrorException e) {
            return refused(output, e.code(), e.getMessage(), report);
        } catch (RefusedException e) {
            return refused(output, e.code().wire(), e.getMessage(), report);
        } catch (TransportException e) {
            output.context().err().print(UNREACHABLE + "\n");
            return of("daemon_unavailable");
        }
    }

    private static int refused(Output output, String code, String message, BiConsumer<String, String> report) {
        if (output.isJson()) {
            printRefusal(output, code, message);
        } else {
            report.accept(code, message);
        }
        return of(code);
    }

    static void printRefusal(Output output, String code, String message) {
        var envelope = JsonText.object().put("ok", false);
        envelope.putObject("error").put("code", code).put("message", message);
        output.context().out().print(JsonText.ascii(envelope) + "\n");
    }
}
