package dev.agenttower.cli;

import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.TransportException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way from a command to the governance API: the HTTP socket beside the daemon's other one. */
final class Governance {
    private Governance() {}

    /**
     * Opens a client for the time of some calls.
     *
     * @param project the governed project; null leaves it to the daemon, which takes the one of the working directory or the only one
     * @throws CommandFailure if the daemon was reached but gave no usable answer
     */
    static <T> T ask(CliContext context, @Nullable String project, Function<GovernanceClient, T> calls) {
        try (GovernanceClient client = new GovernanceClient(
                GovernanceClient.socketBeside(context.socket().path()))) {
            return calls.apply(client.inProject(project));
        } catch (TransportException.NoAnswer | TransportException.UnreadableAnswer e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "error: " + TerminalText.safe(Text.singleLine(e.getMessage()))
                            + "\nnext: whether it was done is not known; look before you ask for it again",
                    e);
        }
    }
}
