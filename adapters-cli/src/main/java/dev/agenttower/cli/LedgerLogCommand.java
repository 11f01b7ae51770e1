package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.LedgerNote;
import dev.agenttower.socket.client.governance.Receipt;
import java.time.InstantSource;
import java.util.List;

/** {@code agenttower ledger log}. */
final class LedgerLogCommand implements Command {
    private static final String TYPE = "--type";
    private static final String DESCRIPTION = "--description";
    private static final String SPEC = "--spec";
    private static final String DENIED = "--denied";

    @Override
    public CommandForm form() {
        return CommandName.LEDGER_LOG.form(
                List.of(
                        OptionForm.required(TYPE, "ACTION_TYPE", "what it is, such as task_complete"),
                        OptionForm.required(DESCRIPTION, "TEXT", "what happened; - is stdin"),
                        OptionForm.value(SPEC, "SPEC_ID", "the spec that it belongs to"),
                        OptionForm.flag(DENIED, "it was not allowed"),
                        GovernanceAccess.ROLE,
                        GovernanceAccess.AGENT,
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower ledger log --type task_complete --description 'the search works' --spec SPEC-001");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String description = GivenText.of(arguments.required(DESCRIPTION), context);
        Receipt receipt;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            receipt = access.client()
                    .log(new LedgerNote(
                            OwnActor.of(arguments, context, access.client()),
                            InstantSource.system().instant(),
                            arguments.required(TYPE),
                            description,
                            arguments.value(SPEC),
                            !arguments.has(DENIED)));
        }
        DaemonAccess.printResult(
                context, arguments, receipt.json(), () -> new Facts().add("event_id", receipt.eventId()));
        return ExitCode.OK;
    }
}
