package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.governance.Receipt;
import dev.agenttower.socket.client.governance.SpecChange;
import java.util.List;

/** {@code agenttower policy set-spec}. */
final class PolicySetSpecCommand implements Command {
    private static final OperandForm SPEC = OperandForm.required("SPEC_ID", "the spec, such as SPEC-001");
    private static final String ROLE = "--role";
    private static final String ACTION = "--action";

    @Override
    public CommandForm form() {
        return CommandName.POLICY_SET_SPEC
                .form(
                        List.of(
                                OptionForm.repeatable(ROLE, "ROLE", "one of all roles it authorizes; may be repeated"),
                                OptionForm.repeatable(
                                        ACTION, "ACTION", "one of all actions it authorizes; may be repeated"),
                                GovernanceAccess.PASSPHRASE_STDIN,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower policy set-spec SPEC-001 --role Developer --role Architect")
                .withOperands(SPEC);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        if (!arguments.has(ROLE) && !arguments.has(ACTION)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "nothing is to be changed; add --role or --action");
        }
        SpecChange change = new SpecChange(
                arguments.has(ROLE) ? arguments.values(ROLE) : null,
                arguments.has(ACTION) ? arguments.values(ACTION) : null);
        String spec = arguments.required(SPEC.name());
        Receipt receipt;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            receipt = access.asHuman(client -> client.changeSpec(spec, change));
        }
        DaemonAccess.printResult(
                context,
                arguments,
                receipt.json(),
                () -> new Facts().add("spec_id", spec).add("event_id", receipt.eventId()));
        return ExitCode.OK;
    }
}
