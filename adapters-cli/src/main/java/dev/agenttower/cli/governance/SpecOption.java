package dev.agenttower.cli.governance;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The spec that a command acts under: from its option, else its environment, else the daemon. */
public final class SpecOption {
    private static final String VARIABLE = "ADT_SPEC_ID";

    private final CliContext context;

    @Option(
            names = "--spec",
            paramLabel = "SPEC_ID",
            description = "act under this spec; default: $ADT_SPEC_ID, or the spec shown by `whoami`")
    private @Nullable String given;

    SpecOption(CliContext context) {
        this.context = context;
    }

    public String spec(GovernanceClient client) {
        @Nullable String spec = given != null ? given : stated(context);
        if (spec == null) {
            spec = client.identity(ActorOptions.claimedRole(context), null).specId();
        }
        if (spec == null || spec.isBlank()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "no spec is known for you here; name one with --spec, or set ADT_SPEC_ID");
        }
        return spec;
    }

    /** The spec that the environment names, or null. */
    public static @Nullable String stated(CliContext context) {
        return ActorOptions.firstGiven(context.variable(VARIABLE), null);
    }
}
