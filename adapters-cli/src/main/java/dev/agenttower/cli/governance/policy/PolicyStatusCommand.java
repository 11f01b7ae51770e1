package dev.agenttower.cli.governance.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.ledger.LedgerLines;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.policy.Enforcement;
import dev.agenttower.client.governance.policy.PolicyState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower policy status}. */
@Command(
        name = "status",
        description = "show the enforced rules, the protected paths and the latest denials",
        footer = "  agenttower policy status --project shop")
final class PolicyStatusCommand implements Runnable {
    @Mixin
    private Governance governance;

    @Override
    public void run() {
        governance.ask(client -> {
            PolicyState state = client.policyState();
            Enforcement enforcement = client.enforcement();
            ObjectNode result = JsonText.object();
            result.set("status", state.json());
            result.set("enforcement", enforcement.json());
            governance.print(result, () -> facts(state, enforcement) + denials(enforcement.recentDenials()));
            return result;
        });
    }

    private static Facts facts(PolicyState state, Enforcement enforcement) {
        Facts facts = new Facts()
                .add("project", state.project())
                .add("enforcement_mode", state.enforcementMode())
                .add("specs", state.specs())
                .add("roles", state.jurisdictions())
                .add("requests", state.requests())
                .add("denials", state.denials());
        state.problems().forEach(problem -> facts.add("problem", problem.file() + ": " + problem.problem()));
        enforcement.sovereign().forEach(path -> facts.add("sovereign", path));
        enforcement.constitutional().forEach(path -> facts.add("constitutional", path));
        return facts;
    }

    private String denials(List<LedgerEntry> denials) {
        return denials.isEmpty()
                ? ""
                : "\n" + governance.output().context().style().bold("Recent denials") + "\n"
                        + new LedgerLines(governance.output().context()).of(denials);
    }
}
