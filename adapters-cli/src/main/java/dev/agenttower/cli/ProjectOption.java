package dev.agenttower.cli;

import dev.agenttower.socket.client.GovernanceClient;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --project}, and the governance API with that project. */
final class ProjectOption {
    private final CliContext context;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "the governed project; default: that of the working directory, or the only one")
    private @Nullable String name;

    ProjectOption(CliContext context) {
        this.context = context;
    }

    /** Opens a client for the time of some calls. */
    <T> T ask(Function<GovernanceClient, T> calls) {
        return Governance.ask(context, name, calls);
    }
}
