package dev.agenttower.cli.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.agent.AgentTarget;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.time.IsoTimes;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events are wanted. */
final class EventFilterOptions {
    private static final int MOST = 50;

    @Option(names = "--target", paramLabel = "AGENT", description = "only events of this agent, by id or label")
    private @Nullable String target;

    @Option(names = "--type", paramLabel = "TYPE", description = "only events of this type; may be repeated")
    private List<String> types = List.of();

    @Option(names = "--since", paramLabel = "TIME", description = "only events from this time on: ISO 8601 with offset")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only events before this time: ISO 8601 with offset")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "N", description = "events of a page, 1 to 50")
    private @Nullable Integer limit;

    @Option(names = "--cursor", paramLabel = "TOKEN", description = "continue after a page")
    private @Nullable String cursor;

    @Option(names = "--reverse", description = "the latest first")
    private boolean isReversed;

    /**
     * Checks the options; the daemon is needed only where an agent is not named by its id.
     *
     * @throws RefusedException for the first one that breaks its rule
     */
    void check(boolean isFollowed, CliContext context) {
        if (isFollowed && (limit != null || cursor != null || isReversed)) {
            throw bad("--limit / --cursor / --reverse are not allowed with --follow");
        }
        if (target != null) {
            AgentTarget.requireName(target, context);
        }
        for (String type : types) {
            if (EventType.parse(type).isEmpty()) {
                throw new RefusedException(
                        ErrorCode.VALUE_OUT_OF_SET,
                        "unknown event type: " + quoted(type) + "; valid: "
                                + EventType.NAMES.stream()
                                        .map(EventFilterOptions::quoted)
                                        .collect(Collectors.joining(", ", "[", "]")));
            }
        }
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw bad("--limit must be in 1.." + MOST + "; got " + limit);
        }
        checkTime("--since", since);
        checkTime("--until", until);
    }

    private static void checkTime(String option, @Nullable String value) {
        if (value != null && IsoTimes.parse(value).isEmpty()) {
            throw bad(option + " must be ISO-8601 with an explicit offset; got " + quoted(value));
        }
    }

    private static RefusedException bad(String message) {
        return new RefusedException(ErrorCode.BAD_REQUEST, message);
    }

    private static String quoted(String value) {
        return "'" + EventText.visible(value) + "'";
    }

    /** The parameters of a page. */
    ObjectNode page() {
        ObjectNode params = stream();
        if (until != null) {
            params.put("until", until);
        }
        if (limit != null) {
            params.put("limit", limit);
        }
        if (cursor != null) {
            params.put("cursor", cursor);
        }
        return params.put("reverse", isReversed);
    }

    /** The parameters of following. */
    ObjectNode stream() {
        ObjectNode params = JsonText.object();
        if (target != null) {
            params.put("target", target);
        }
        if (!types.isEmpty()) {
            types.forEach(params.putArray("types")::add);
        }
        if (since != null) {
            params.put("since", since);
        }
        return params;
    }
}
