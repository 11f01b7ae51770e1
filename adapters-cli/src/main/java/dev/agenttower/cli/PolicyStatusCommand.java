package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.Enforcement;
import dev.agenttower.socket.client.governance.LedgerEntry;
import dev.agenttower.socket.client.governance.PolicyState;
import java.util.List;

/** {@code agenttower policy status}. */
final class PolicyStatusCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.POLICY_STATUS.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower policy status --project shop");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        PolicyState state;
        Enforcement enforcement;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            state = access.client().policyState();
            enforcement = access.client().enforcement();
        }
        if (arguments.json()) {
            ObjectNode result = JsonText.object();
            result.set("status", state.json());
            result.set("enforcement", enforcement.json());
            DaemonAccess.printResult(context, result);
            return ExitCode.OK;
        }
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
        context.out().print(facts);
        printDenials(enforcement.recentDenials(), context);
        return ExitCode.OK;
    }

    private static void printDenials(List<LedgerEntry> denials, CliContext context) {
        if (denials.isEmpty()) {
            return;
        }
        context.out().print("\n" + GovernanceAccess.style(context).bold("Recent denials") + "\n");
        LedgerLines lines = new LedgerLines(context);
        denials.forEach(denial -> context.out().print(lines.of(denial)));
    }
}
