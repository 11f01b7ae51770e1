package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.Origin;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code agenttower queue}. */
@Command(
        name = "queue",
        description = "list the newest messages of the queue, or decide about one",
        footer = {"  agenttower queue --state blocked", "  agenttower queue approve MESSAGE_ID"},
        subcommands = {QueueApproveCommand.class, QueueDelayCommand.class, QueueCancelCommand.class})
public final class QueueCommand implements Callable<Integer> {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final int SHORT_AGENT_ID = 12;
    private static final int SHORT_ID = 8;
    private static final List<String> HEADER = List.of(
            "MESSAGE_ID",
            "STATE",
            "SENDER",
            "TARGET",
            "ORIGIN",
            "ROUTE_ID",
            "EVT",
            "ENQUEUED",
            "LAST_UPDATED",
            "EXCERPT");
    private static final int[] WIDTHS = {36, 9, 22, 22, 6, 8, 6, 24, 24, 0};

    /** Accepts the states of a message. */
    static final class StateConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            return MessageState.parse(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "is \"" + value + "\"; use queued, blocked, delivered, canceled or failed"))
                    .wire();
        }
    }

    /** Accepts the origins of a message. */
    static final class OriginConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            return Origin.parse(value)
                    .orElseThrow(() -> new TypeConversionException("is \"" + value + "\"; use direct or route"))
                    .wire();
        }
    }

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateConverter.class,
            description = "only messages in this state")
    private @Nullable String state;

    @Option(names = "--target", paramLabel = "AGENT", description = "only messages to this agent, by id or label")
    private @Nullable String target;

    @Option(names = "--sender", paramLabel = "AGENT", description = "only messages from this agent, by id or label")
    private @Nullable String sender;

    @Option(names = "--since", paramLabel = "TIME", description = "only messages since, such as 2026-05-08T10:00:00Z")
    private @Nullable String since;

    @Option(names = "--limit", paramLabel = "N", description = "the most messages, from 1 to 1000; default 100")
    private int limit = DEFAULT_LIMIT;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            converter = OriginConverter.class,
            description = "only messages of this origin: direct or route")
    private @Nullable String origin;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return QueueExit.run(output, this::list);
    }

    private int list() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--limit must be from 1 to " + MAX_LIMIT);
        }
        ObjectNode params = JsonText.object().put("newest", true);
        putIfGiven(params, "state", state);
        putIfGiven(params, "target", target);
        putIfGiven(params, "sender", sender);
        putIfGiven(params, "since", since);
        putIfGiven(params, "origin", origin);
        if (limit != DEFAULT_LIMIT) {
            params.put("limit", limit);
        }
        JsonNode listed;
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            listed = daemon.call("queue.list", params, Timeouts.answerWithin(5));
        }
        JsonNode rows = listed.path("rows");
        if (output.isJson()) {
            ArrayNode all = JsonText.array();
            rows.forEach(all::add);
            output.context().out().print(JsonText.compact(all) + "\n");
        } else {
            output.context().out().print(rows.isEmpty() ? "(no rows match)\n" : table(rows));
        }
        if (listed.path("has_older").asBoolean()) {
            output.context()
                    .err()
                    .print("the newest " + limit
                            + " messages; older ones are not shown (--limit, --state, --target)\n");
        }
        explain(rows);
        return QueueExit.OK;
    }

    private static void putIfGiven(ObjectNode params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }

    private static String table(JsonNode rows) {
        StringBuilder text = new StringBuilder(1024);
        addLine(text, HEADER);
        for (JsonNode row : rows) {
            addLine(
                    text,
                    List.of(
                            row.path("message_id").asText(),
                            row.path("state").asText(),
                            party(row.path("sender")),
                            party(row.path("target")),
                            row.path("origin").asText(),
                            row.path("route_id").isNull()
                                    ? "-"
                                    : cut(row.path("route_id").asText(), SHORT_ID),
                            row.path("event_id").isNull()
                                    ? "-"
                                    : row.path("event_id").asText(),
                            row.path("enqueued_at").asText(),
                            row.path("last_updated_at").asText(),
                            excerpt(row.path("excerpt").asText(""))));
        }
        return text.toString();
    }

    private static void addLine(StringBuilder text, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            text.append(field);
            if (i < fields.size() - 1) {
                text.append(" ".repeat(Math.max(0, WIDTHS[i] - field.length()) + 2));
            }
        }
        text.append('\n');
    }

    private static String party(JsonNode party) {
        String id = party.path("agent_id").asText();
        String label = TerminalText.safe(party.path("label").asText(""));
        return label.isEmpty() ? id : label + "(" + cut(id, id.startsWith("agt_") ? SHORT_AGENT_ID : SHORT_ID) + ")";
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String excerpt(String excerpt) {
        int lineFeed = excerpt.indexOf('\n');
        return TerminalText.escaped(lineFeed < 0 ? excerpt : excerpt.substring(0, lineFeed));
    }

    /** Tells a person why messages wait, and what to do; scripts do not see it. */
    private void explain(JsonNode rows) {
        if (output.isJson() || !output.context().terminals().output()) {
            return;
        }
        for (JsonNode row : rows) {
            String waits =
                    row.path("block_reason").asText(row.path("hold_reason").asText("null"));
            String reason =
                    waits.equals("null") && row.path("receipt").asText("").equals("missing")
                            ? "receipt missing"
                            : waits;
            String next = Advice.of(row);
            if (!reason.equals("null") && !next.isEmpty()) {
                output.context()
                        .err()
                        .print(row.path("message_id").asText() + ": " + reason + "; next: " + next + "\n");
            }
        }
    }
}
