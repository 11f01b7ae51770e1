package dev.agenttower.cli.governance.session;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that make a pane an agent with a role in a governed project. */
public final class AsOptions {
    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description = "also bind the process of the pane, and all below it, to this role of the governed project")
    private @Nullable String role;

    @Option(names = "--spec", paramLabel = "SPEC_ID", description = "the spec of its work; with --as only")
    private @Nullable String spec;

    /** Whether a role is wanted. */
    public boolean isGiven() {
        return role != null || spec != null;
    }

    /**
     * The wanted work in the project of a folder; empty if none is wanted.
     *
     * @throws RefusedException BAD_REQUEST, if there is no project, or its policy does not know role or spec
     */
    public Optional<Assignment> in(Path folder, CliContext context) {
        if (role == null && spec != null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--spec goes with --as only");
        }
        return role == null ? Optional.empty() : Assignment.find(folder, role, spec, context);
    }
}
