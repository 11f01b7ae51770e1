package dev.agenttower.cli.governance.ledger;

import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.ledger.LedgerCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower ledger verify}. */
@Command(
        name = "verify",
        description = "verify the ledger's chain",
        footer = "  agenttower ledger verify --project shop")
final class LedgerVerifyCommand implements Callable<Integer> {
    @Mixin
    private Governance governance;

    @Override
    public Integer call() {
        LedgerCheck check = governance.ask(GovernanceClient::integrity);
        governance.print(check.json(), () -> facts(check));
        return (check.valid() ? ExitCode.OK : ExitCode.DEGRADED).status();
    }

    private static Facts facts(LedgerCheck check) {
        Facts facts = new Facts()
                .add("valid", check.valid())
                .add("events", check.events())
                .add("faults", check.faults());
        if (check.firstBadLine() > 0) {
            facts.add("first_bad_line", check.firstBadLine());
        }
        check.errors().forEach(error -> facts.add("error", error));
        return facts;
    }
}
