package dev.agenttower.cli.governance.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.policy.RoleRights;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower policy roles}. */
@Command(
        name = "roles",
        description = "list the roles with their permitted actions and paths",
        footer = {"  agenttower policy roles", "  agenttower policy roles --project shop --json"})
final class PolicyRolesCommand implements Runnable {
    @Mixin
    private Governance governance;

    @Override
    public void run() {
        List<RoleRights> roles = governance.ask(GovernanceClient::roles);
        Listing listing = new Listing("ROLE", "LOCKED", "PATHS", "ACTIONS", "SPECS");
        for (RoleRights role : roles) {
            listing.add(
                    role.name(),
                    role.isLocked() ? "yes" : "no",
                    Listing.joined(role.paths()),
                    Listing.joined(role.actionTypes()),
                    Listing.joined(role.specs()));
        }
        governance.output().printRows("roles", roles.stream().map(PolicyRolesCommand::json), listing);
    }

    private static ObjectNode json(RoleRights role) {
        ObjectNode row = JsonText.object().put("role", role.name());
        role.paths().forEach(row.putArray("paths")::add);
        role.actionTypes().forEach(row.putArray("action_types")::add);
        role.specs().forEach(row.putArray("specs")::add);
        return row.put("locked", role.isLocked());
    }
}
