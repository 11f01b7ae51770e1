package dev.agenttower.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.failure.RefusedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower events}. */
@Command(
        name = "events",
        description = "list classified events from attached agents",
        subcommands = {EventRulesCommand.class, EventTestCommand.class},
        footer = {"  agenttower events --type error --type test_failed --reverse", "  agenttower events --follow --json"
        })
public final class EventsCommand implements Callable<Integer> {
    private static final Timeouts ANSWER = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final Timeouts NEXT = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final Timeouts FAREWELL = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final double WAIT_SECONDS = 1.0;

    @Mixin
    private EventFilterOptions filter;

    @Option(names = "--follow", description = "continue with new events, until Ctrl-C")
    private boolean isFollowed;

    @Option(names = "--classifier-rules", hidden = true, description = "print the rules of the classifier")
    private boolean areRulesWanted;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        CliContext context = output.context();
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            if (areRulesWanted && !isFollowed) {
                EventRulesCommand.print(daemon, output);
                return ExitCode.OK.status();
            }
            filter.check(isFollowed, context);
            if (isFollowed) {
                follow(daemon);
            } else {
                list(daemon);
            }
            return ExitCode.OK.status();
        } catch (RefusedException e) {
            return badOption(e);
        } catch (TransportException e) {
            throw unreachable(e);
        }
    }

    private int badOption(RefusedException bad) {
        CliContext context = output.context();
        if (output.isJson()) {
            ObjectNode envelope = JsonText.object().put("ok", false);
            envelope.putObject("error").put("code", bad.code().wire()).put("message", bad.getMessage());
            context.out().print(JsonText.ascii(envelope) + "\n");
        } else {
            context.err().print(CommandFailure.refusalLines(bad.code().wire(), bad.getMessage()) + "\n");
        }
        return ExitCode.USAGE.status();
    }

    /** Unlike other commands, those of events end with the status of a refusal. */
    static CommandFailure unreachable(TransportException failure) {
        return new CommandFailure(ExitCode.REFUSED, CommandFailure.UNREACHABLE, failure);
    }

    private void list(DaemonAccess daemon) {
        JsonNode result = daemon.call("events.list", filter.page(), ANSWER);
        print(result.path("events"));
        @Nullable String next = result.path("next_cursor").textValue();
        CliContext context = output.context();
        if (next != null && output.isJson()) {
            context.out().print(EventText.json(JsonText.object().put("next_cursor", next)));
        } else if (next != null) {
            context.err().print("# next_cursor: " + next + "\n");
        }
    }

    private void follow(DaemonAccess daemon) {
        JsonNode opened = daemon.call("events.follow_open", filter.stream(), ANSWER);
        ObjectNode session =
                JsonText.object().put("session_id", opened.path("session_id").asText(""));
        CliContext context = output.context();
        context.interruption().before(() -> close(daemon, session));
        try {
            print(opened.path("backlog_events"));
            ObjectNode params = session.deepCopy().put("max_wait_seconds", WAIT_SECONDS);
            boolean isOpen = true;
            while (isOpen && !context.out().checkError()) {
                JsonNode news = daemon.call("events.follow_next", params, NEXT);
                print(news.path("events"));
                isOpen = news.path("session_open").asBoolean();
            }
            if (!isOpen) {
                // An interruption closes the session as well, and keeps this back.
                context.interruption()
                        .guard(() -> context.err().print("the daemon has ended; no more events follow\n"));
            }
        } finally {
            close(daemon, session);
        }
    }

    private static void close(DaemonAccess daemon, ObjectNode session) {
        try {
            daemon.call("events.follow_close", session, FAREWELL);
        } catch (DaemonException e) {
            // The session ends by itself when it is idle.
        }
    }

    private void print(JsonNode events) {
        CliContext context = output.context();
        for (JsonNode event : events) {
            context.interruption().guard(() -> {
                context.out().print(output.isJson() ? EventText.json(event) : EventText.line(event));
                if (isFollowed) {
                    context.out().flush();
                }
            });
        }
    }
}
