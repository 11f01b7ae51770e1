package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.governance.Receipt;
import dev.agenttower.socket.client.governance.RoleChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower policy set-role}. */
final class PolicySetRoleCommand implements Command {
    private static final OperandForm ROLE = OperandForm.required("ROLE", "the role, as `policy roles` writes it");
    private static final String PATH = "--path";
    private static final String ACTION = "--action";
    private static final String LOCK = "--lock";
    private static final String UNLOCK = "--unlock";

    @Override
    public CommandForm form() {
        return CommandName.POLICY_SET_ROLE
                .form(
                        List.of(
                                OptionForm.repeatable(
                                        PATH, "PATH", "one of all paths of its jurisdiction; may be repeated"),
                                OptionForm.repeatable(
                                        ACTION, "ACTION", "one of all actions it is shown with; may be repeated"),
                                OptionForm.flag(LOCK, "lock it against further changes"),
                                OptionForm.flag(UNLOCK, "unlock it first"),
                                GovernanceAccess.PASSPHRASE_STDIN,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower policy set-role Developer --path src/ --path test/",
                        "agenttower policy set-role Developer --lock")
                .withOperands(ROLE);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        RoleChange change = change(arguments);
        Receipt receipt;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            receipt = access.asHuman(client -> client.changeRole(arguments.required(ROLE.name()), change));
        }
        DaemonAccess.printResult(
                context,
                arguments,
                receipt.json(),
                () -> new Facts().add("role", arguments.required(ROLE.name())).add("event_id", receipt.eventId()));
        return ExitCode.OK;
    }

    private static RoleChange change(Arguments arguments) {
        boolean isLocked = arguments.has(LOCK);
        boolean isUnlocked = arguments.has(UNLOCK);
        @Nullable List<String> paths = arguments.has(PATH) ? arguments.values(PATH) : null;
        @Nullable List<String> actions = arguments.has(ACTION) ? arguments.values(ACTION) : null;
        if (paths == null && actions == null && !isLocked && !isUnlocked) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "nothing is to be changed; add --path, --action, --lock or --unlock");
        }
        return new RoleChange(paths, actions, isLocked ? Boolean.TRUE : null, isUnlocked);
    }
}
