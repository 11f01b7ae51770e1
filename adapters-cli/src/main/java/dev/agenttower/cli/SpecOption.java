package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.GovernanceClient;
import org.jspecify.annotations.Nullable;

/** Under which spec a command acts: what its option says, else its environment, else what the daemon knows. */
final class SpecOption {
    static final OptionForm FORM =
            OptionForm.value("--spec", "SPEC_ID", "under this spec; default: $ADT_SPEC_ID, or what `whoami` says");

    private static final String VARIABLE = "ADT_SPEC_ID";

    private SpecOption() {}

    static String of(Arguments arguments, CliContext context, GovernanceClient client) {
        @Nullable String given = arguments.value(FORM.name());
        @Nullable String fromEnvironment = context.variable(VARIABLE);
        if (given == null && fromEnvironment != null && !fromEnvironment.isBlank()) {
            given = fromEnvironment;
        }
        @Nullable String spec = given == null
                ? client.identity(OwnActor.claimedRole(context), null).specId()
                : given;
        if (spec == null || spec.isBlank()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "no spec is known for you here; name one with --spec, or set ADT_SPEC_ID");
        }
        return spec;
    }
}
