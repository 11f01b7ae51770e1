package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.client.AdoptPane;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Adopts all free panes but the one that the command runs in, whose person would be taken for an agent. */
final class AdoptAll {
    private static final String DEFAULT_LABEL = "{session}";

    private final DaemonAccess daemon;
    private final Output output;

    AdoptAll(DaemonAccess daemon, Output output) {
        this.daemon = daemon;
        this.output = output;
    }

    /**
     * Adopts each pane, also if another one is refused, and prints all.
     *
     * @param selected the panes to adopt, of which those with an agent are left out
     * @param all all panes
     * @param adoption makes the request, whose label is the pattern of labels
     * @throws CommandFailure if one was refused
     */
    void run(List<BenchPane> selected, List<BenchPane> all, Function<BenchPane, AdoptPane> adoption, boolean isDry) {
        Set<String> labels = new HashSet<>(BenchPane.labels(all));
        ArrayNode rows = JsonText.array();
        List<String> refused = new ArrayList<>();
        @Nullable AppSession session = isDry ? null : daemon.openSession(output.context());
        for (BenchPane pane : selected) {
            if (!pane.isFree() || isOwn(pane)) {
                continue;
            }
            AdoptPane request = labeled(adoption.apply(pane), pane, labels);
            labels.add(String.valueOf(request.label()));
            try {
                rows.add(session == null ? planned(request) : session.adopt(request));
            } catch (DaemonErrorException e) {
                refused.add(CommandFailure.refusalLines(
                        e.code(), pane.benchName() + " " + pane.address() + ": " + e.getMessage()));
            }
        }
        print(rows);
        if (!refused.isEmpty()) {
            throw new CommandFailure(ExitCode.REFUSED, String.join("\n", refused));
        }
    }

    private static AdoptPane labeled(AdoptPane request, BenchPane pane, Set<String> taken) {
        @Nullable String pattern = request.label();
        try {
            String label = pane.label(pattern == null ? DEFAULT_LABEL : pattern, taken);
            return new AdoptPane(
                    request.pane(),
                    request.role(),
                    request.capability(),
                    label,
                    request.projectPath(),
                    request.parentAgentId(),
                    request.attachLog());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ErrorCode.VALUE_OUT_OF_SET, "--label " + e.getMessage());
        }
    }

    /** Whether the command runs in this pane. In a container another tmux may have the same socket and id; leaving out one pane more is safe. */
    private boolean isOwn(BenchPane pane) {
        return TmuxIdentity.of(output.context().environment()) instanceof TmuxIdentity.InPane own
                && own.paneId().equals(pane.key().paneId())
                && own.socketPath().equals(pane.key().socketPath());
    }

    private static ObjectNode planned(AdoptPane request) {
        return JsonText.object()
                .put("label", request.label())
                .put("role", request.role())
                .put("capability", request.capability())
                .put("container_id", request.pane().container().value())
                .put("pane_id", request.pane().paneId());
    }

    private void print(ArrayNode rows) {
        Listing listing = new Listing("AGENT_ID", "LABEL", "ROLE", "CAPABILITY", "PANE", "CONTAINER");
        for (JsonNode row : rows) {
            listing.add(
                    row.path("agent_id").asText("-"),
                    row.path("label").asText("-"),
                    row.path("role").asText("-"),
                    row.path("capability").asText("-"),
                    row.path("pane_id").asText(""),
                    row.path("container_id").asText(""));
        }
        output.printRows("rows", StreamSupport.stream(rows.spliterator(), false), listing);
    }
}
