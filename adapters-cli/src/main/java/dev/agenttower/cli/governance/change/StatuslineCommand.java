package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.surroundings.InvalidSocketException;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.PendingAuthorizations;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code agenttower statusline}. The launcher answers it without the JVM if it can; this is the fallback.
 *
 * <p>A status line has no room for failures: unknown values are left out.
 */
@Command(
        name = "statusline",
        description =
                "print one line for tmux: how many agents need you, how many work, and how many changes wait for you",
        footer = {"  agenttower statusline", "  tmux set -ag status-right ' #(agenttower statusline)'"})
public final class StatuslineCommand implements Runnable {
    @Option(names = "--project", paramLabel = "NAME", description = "only of this project; default: of all projects")
    private @Nullable String project;

    @Mixin
    private Output output;

    /** The numbers that are not zero. */
    private static String line(PendingAuthorizations pending) {
        long needing = pending.json().path("agents").path("need_you").asLong();
        long working = pending.json().path("agents").path("working").asLong();
        return Stream.of(
                        needing > 0 ? needing + " need you" : "",
                        working > 0 ? working + " working" : "",
                        pending.count() > 0 ? "Pending authorizations: " + pending.count() : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    @Override
    public void run() {
        try {
            PendingAuthorizations pending = Governance.ask(output.context(), project, GovernanceClient::pending);
            if (output.isJson()) {
                output.printJson(pending.json());
            } else {
                String line = line(pending);
                output.context().out().print(line.isEmpty() ? "" : line + "\n");
            }
        } catch (DaemonException | CommandFailure | InvalidSocketException e) {
            if (output.isJson()) {
                output.printJson(JsonText.object().putNull("pending"));
            }
        }
    }
}
