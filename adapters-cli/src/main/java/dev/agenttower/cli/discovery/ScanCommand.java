package dev.agenttower.cli.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.Timeouts;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower scan}. */
@Command(
        name = "scan",
        description = "scan for bench containers and their tmux panes",
        footer = "  agenttower scan --containers --panes")
public final class ScanCommand implements Callable<Integer> {
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

    @Option(names = "--containers", description = "scan for running bench containers")
    private boolean isForContainers;

    @Option(names = "--panes", description = "scan the known benches for tmux panes")
    private boolean isForPanes;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (!isForContainers && !isForPanes) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: scan requires a target flag (e.g. --containers, --panes)");
        }
        boolean degraded = false;
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            if (isForContainers) {
                JsonNode result = daemon.call("scan_containers", null, Timeouts.answerWithin(15));
                degraded = report(result, CONTAINER_FACTS);
            }
            if (isForPanes) {
                if (isForContainers && !output.isJson()) {
                    output.context().out().print("\n");
                }
                JsonNode result = daemon.call("scan_panes", null, Timeouts.answerWithin(30));
                degraded |= report(result, PANE_FACTS);
            }
        }
        return (degraded ? ExitCode.DEGRADED : ExitCode.OK).status();
    }

    private boolean report(JsonNode result, List<String> facts) {
        boolean degraded = result.path("status").asText().equals("degraded");
        if (output.isJson()) {
            output.printJson(result);
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
        output.context().out().print(text);
        if (degraded) {
            output.context().out().flush();
            output.context().err().print(problems(result, facts == PANE_FACTS));
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
        return TerminalText.safe(value.asText());
    }
}
