package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.RoleRights;
import java.util.List;

/** {@code agenttower policy roles}. */
final class PolicyRolesCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.POLICY_ROLES.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON),
                "agenttower policy roles",
                "agenttower policy roles --project shop --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<RoleRights> roles;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            roles = access.client().roles();
        }
        Listing listing = new Listing("ROLE", "LOCKED", "PATHS", "ACTIONS", "SPECS");
        for (RoleRights role : roles) {
            listing.add(
                    role.name(),
                    role.isLocked() ? "yes" : "no",
                    Listing.joined(role.paths()),
                    Listing.joined(role.actionTypes()),
                    Listing.joined(role.specs()));
        }
        GovernanceAccess.print(arguments, context, "roles", roles.stream().map(PolicyRolesCommand::json), listing);
        return ExitCode.OK;
    }

    private static ObjectNode json(RoleRights role) {
        ObjectNode row = JsonText.object().put("role", role.name());
        role.paths().forEach(row.putArray("paths")::add);
        role.actionTypes().forEach(row.putArray("action_types")::add);
        role.specs().forEach(row.putArray("specs")::add);
        return row.put("locked", role.isLocked());
    }
}
