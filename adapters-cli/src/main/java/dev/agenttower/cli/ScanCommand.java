package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.Timeouts;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@code agenttower scan}. */
final class ScanCommand implements Command {
    private static final String CONTAINERS = "--containers";
    private static final String PANES = "--panes";
    private static final int MAX_DETAILS = 10;
    private static final List<String> CONTAINER_FACTS =
            List.of("scan_id", "status", "matched_count", "inactive_reconciled_count", "ignored_count");
    private static final List<String> PANE_FACTS = List.of(
            "scan_id",
            "status",
            "containers_scanned",
            "sockets_scanned",
            "panes_seen",
            "panes_newly_active",
            "panes_reconciled_to_inactive",
            "containers_skipped_inactive",
            "containers_tmux_unavailable");

    @Override
    public CommandForm form() {
        return CommandName.SCAN.form(
                List.of(
                        OptionForm.flag(CONTAINERS, "look for running bench containers"),
                        OptionForm.flag(PANES, "look for tmux panes in the benches that are known"),
                        OptionForm.JSON),
                "agenttower scan --containers --panes");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        if (!arguments.has(CONTAINERS) && !arguments.has(PANES)) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: scan requires a target flag (e.g. --containers, --panes)");
        }
        boolean degraded = false;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            if (arguments.has(CONTAINERS)) {
                JsonNode result = daemon.call("scan_containers", null, Timeouts.answerWithin(15));
                degraded = report(result, CONTAINER_FACTS, arguments, context);
            }
            if (arguments.has(PANES)) {
                if (arguments.has(CONTAINERS) && !arguments.json()) {
                    context.out().print("\n");
                }
                JsonNode result = daemon.call("scan_panes", null, Timeouts.answerWithin(30));
                degraded |= report(result, PANE_FACTS, arguments, context);
            }
        }
        return degraded ? ExitCode.DEGRADED : ExitCode.OK;
    }

    private static boolean report(JsonNode result, List<String> facts, Arguments arguments, CliContext context) {
        boolean degraded = result.path("status").asText().equals("degraded");
        if (arguments.json()) {
            DaemonAccess.printResult(context, result);
            return degraded;
        }
        StringBuilder text = new StringBuilder(256);
        for (String fact : facts) {
            text.append(shortName(fact))
                    .append('=')
                    .append(result.path(fact).asText())
                    .append('\n');
        }
        text.append("duration_ms=").append(durationMillis(result)).append('\n');
        context.out().print(text);
        if (degraded) {
            context.out().flush();
            context.err().print(problems(result, facts == PANE_FACTS));
        }
        return degraded;
    }

    private static String shortName(String fact) {
        return fact.equals("panes_reconciled_to_inactive") ? "panes_reconciled_inactive" : fact.replace("_count", "");
    }

    private static long durationMillis(JsonNode result) {
        try {
            OffsetDateTime start =
                    OffsetDateTime.parse(result.path("started_at").asText());
            OffsetDateTime end =
                    OffsetDateTime.parse(result.path("completed_at").asText());
            return Math.max(Duration.between(start, end).toMillis(), 0);
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static String problems(JsonNode result, boolean withDetails) {
        StringBuilder text = new StringBuilder(256);
        text.append("error: ").append(line(result.path("error_message"))).append('\n');
        text.append("code: ").append(line(result.path("error_code"))).append('\n');
        JsonNode details = result.path("error_details");
        for (int i = 0; withDetails && i < Math.min(details.size(), MAX_DETAILS); i++) {
            JsonNode detail = details.get(i);
            text.append("detail: ").append(line(detail.path("container_id"))).append(' ');
            if (detail.path("tmux_socket_path").isTextual()) {
                text.append("[socket=")
                        .append(line(detail.path("tmux_socket_path")))
                        .append("] ");
            }
            text.append(line(detail.path("error_code"))).append(": ");
            text.append(line(detail.path("error_message"))).append('\n');
        }
        if (withDetails && details.size() > MAX_DETAILS) {
            text.append("detail: ... (").append(details.size() - MAX_DETAILS).append(" more)\n");
        }
        return text.toString();
    }

    private static String line(JsonNode value) {
        return Text.singleLine(value.asText());
    }
}
