package dev.agenttower.cli.governance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.text.Text;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command about a governed project, {@code --project} and {@code --json}, and access to the governance API. */
public final class Governance {
    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "the governed project; default: that of the working directory, or the only one")
    private @Nullable String project;

    @Mixin
    private Output output;

    /** Opens a client for calls about the project. */
    public <T> T ask(Function<GovernanceClient, T> calls) {
        return ask(output.context(), project, calls);
    }

    /**
     * Opens a client for calls over HTTP, on the socket beside the daemon's other one.
     *
     * @param project null lets the daemon choose: the project of the working directory, or the only one
     * @throws CommandFailure if the daemon was reached but gave no usable answer
     */
    public static <T> T ask(CliContext context, @Nullable String project, Function<GovernanceClient, T> calls) {
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

    /** The output of the command. */
    public Output output() {
        return output;
    }

    /** Prints a result as JSON with {@code --json}, otherwise its text. */
    public void print(JsonNode result, Supplier<?> text) {
        output.print(result, text);
    }
}
