package dev.agenttower.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.client.TransportException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower events rules}. */
@Command(
        name = "rules",
        description = "show the rules that find events, by priority",
        footer = "  agenttower events rules")
final class EventRulesCommand implements Runnable {
    private static final Timeouts ANSWER = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            print(daemon, output);
        } catch (TransportException e) {
            throw EventsCommand.unreachable(e);
        }
    }

    static void print(DaemonAccess daemon, Output output) {
        JsonNode result = daemon.call("events.classifier_rules", JsonText.object(), ANSWER);
        output.context().out().print(output.isJson() ? JsonText.ascii(result) + "\n" : text(result));
    }

    private static String text(JsonNode result) {
        StringBuilder text = new StringBuilder("priority  rule_id                     -> event_type\n");
        for (JsonNode rule : result.path("rules")) {
            text.append(String.format(
                    Locale.ROOT,
                    "%9d %-26s -> %s\n",
                    rule.path("priority").asInt(),
                    rule.path("rule_id").asText(""),
                    rule.path("event_type").asText("")));
        }
        text.append("\nsynthetic rules (not regex; reader-synthesized):\n");
        result.path("synthetic_rule_ids")
                .forEach(id -> text.append("  ").append(id.asText("")).append('\n'));
        return text.toString();
    }
}
