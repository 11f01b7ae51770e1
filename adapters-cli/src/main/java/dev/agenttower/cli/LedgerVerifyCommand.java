package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.LedgerCheck;
import java.util.List;

/** {@code agenttower ledger verify}. */
final class LedgerVerifyCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.LEDGER_VERIFY.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower ledger verify --project shop");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        LedgerCheck check;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            check = access.client().integrity();
        }
        if (arguments.json()) {
            DaemonAccess.printResult(context, check.json());
        } else {
            Facts facts = new Facts()
                    .add("valid", check.valid())
                    .add("events", check.events())
                    .add("faults", check.faults());
            if (check.firstBadLine() > 0) {
                facts.add("first_bad_line", check.firstBadLine());
            }
            check.errors().forEach(error -> facts.add("error", error));
            context.out().print(facts);
        }
        return check.valid() ? ExitCode.OK : ExitCode.DEGRADED;
    }
}
