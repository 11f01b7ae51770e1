package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.PolicyConflict;
import java.util.List;
import java.util.Objects;

/** {@code agenttower policy conflicts}. */
final class PolicyConflictsCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.POLICY_CONFLICTS.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower policy conflicts");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<PolicyConflict> conflicts;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            conflicts = access.client().conflicts();
        }
        Listing listing = new Listing("TYPE", "ROLE", "ABOUT", "MESSAGE").forScriptsOnly("ROLE", "ABOUT");
        for (PolicyConflict conflict : conflicts) {
            String about =
                    Objects.requireNonNullElse(conflict.path(), Objects.requireNonNullElse(conflict.specId(), "-"));
            listing.add(conflict.type(), conflict.role(), about, conflict.message());
        }
        GovernanceAccess.print(
                arguments, context, "conflicts", conflicts.stream().map(PolicyConflictsCommand::json), listing);
        return ExitCode.OK;
    }

    private static ObjectNode json(PolicyConflict conflict) {
        ObjectNode row = JsonText.object().put("type", conflict.type()).put("role", conflict.role());
        if (conflict.path() != null) {
            row.put("path", conflict.path());
        }
        if (conflict.specId() != null) {
            row.put("spec_id", conflict.specId());
        }
        return row.put("message", conflict.message());
    }
}
