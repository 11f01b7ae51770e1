package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code agenttower agent prune}. */
@Command(
        name = "prune",
        description = "remove all agents that ended some time ago; shows them first, and asks",
        footer = {
            "  agenttower agent prune",
            "  agenttower agent prune --older-than 12h --dry-run",
            "  agenttower agent prune --older-than 30d --yes"
        })
final class AgentPruneCommand implements Runnable {
    private static final Timeouts ANSWER = Timeouts.answerWithin(30);

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description = "how long they must not have been seen: a number with s, m, h or d; default 7d")
    private Duration age = Duration.ofDays(7);

    @Option(names = "--dry-run", description = "only show them")
    private boolean isDry;

    @Option(names = "--yes", description = "do not ask")
    private boolean isSure;

    @Mixin
    private Output output;

    /** Accepts an age such as {@code 7d}. */
    static final class AgeConverter implements ITypeConverter<Duration> {
        private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhd])");

        @Override
        public Duration convert(String value) {
            Matcher matcher = AGE.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException("is \"" + value + "\"; use a number with s, m, h or d, such as 12h");
            }
            long number = Long.parseLong(matcher.group(1));
            Duration age = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (age.compareTo(MOST) > 0) {
                throw new TypeConversionException("is \"" + value + "\"; the most is " + MOST.toDays() + "d");
            }
            return age;
        }

        private static final Duration MOST = Duration.ofDays(36_500);
    }

    @Override
    public void run() {
        if (!isDry && !isSure && !canAsk()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "nobody can be asked here; add --yes, or --dry-run to see what would be removed");
        }
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode params = DaemonAccess.agentParams();
            new CallerAgent(daemon, output.context()).addTo(params);
            ObjectNode dryRun =
                    params.deepCopy().put("older_than_seconds", age.toSeconds()).put("dry_run", true);
            JsonNode ended = daemon.call("prune_agents", dryRun, ANSWER);
            int number = ended.path("agents").size();
            if (isDry || number == 0) {
                show(ended);
            } else if (isSure || isConfirmed(ended, number)) {
                // The same time, so that nothing is removed that was not shown.
                show(daemon.call(
                        "prune_agents",
                        params.put("before", ended.path("before").asText()),
                        ANSWER));
            }
        }
    }

    private boolean canAsk() {
        return !output.isJson() && output.context().terminals().allowDialog();
    }

    private boolean isConfirmed(JsonNode ended, int number) {
        show(ended);
        boolean isYes = new Questions(output.context().in(), output.context().out())
                .isYes("Remove " + (number == 1 ? "this agent?" : "these " + number + " agents?"));
        if (!isYes) {
            output.context().err().print("nothing was removed\n");
        }
        return isYes;
    }

    private void show(JsonNode result) {
        Listing listing = new Listing("AGENT_ID", "LABEL", "ROLE", "CONTAINER", "PANE", "LAST_SEEN");
        for (JsonNode agent : result.path("agents")) {
            String registered = agent.path("last_registered_at").asText("");
            String seen = agent.path("last_seen_at").asText("");
            listing.add(
                    agent.path("agent_id").asText(""),
                    agent.path("label").asText(""),
                    agent.path("role").asText(""),
                    agent.path("container_name").asText("-"),
                    agent.path("tmux_session_name").asText("") + ":"
                            + agent.path("tmux_window_index").asText("") + "."
                            + agent.path("tmux_pane_index").asText(""),
                    seen.compareTo(registered) > 0 ? seen : registered);
        }
        output.printRows("agents", StreamSupport.stream(result.path("agents").spliterator(), false), listing);
    }
}
