package dev.agenttower.cli.governance.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.policy.PolicyConflict;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower policy conflicts}. */
@Command(
        name = "conflicts",
        description = "list contradictions and gaps in the policy",
        footer = "  agenttower policy conflicts")
final class PolicyConflictsCommand implements Runnable {
    @Mixin
    private Governance governance;

    @Override
    public void run() {
        List<PolicyConflict> conflicts = governance.ask(GovernanceClient::conflicts);
        Listing listing = new Listing("TYPE", "ROLE", "ABOUT", "MESSAGE").forScriptsOnly("ROLE", "ABOUT");
        for (PolicyConflict conflict : conflicts) {
            String about =
                    Objects.requireNonNullElse(conflict.path(), Objects.requireNonNullElse(conflict.specId(), "-"));
            listing.add(conflict.type(), conflict.role(), about, conflict.message());
        }
        governance.output().printRows("conflicts", conflicts.stream().map(PolicyConflictsCommand::json), listing);
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
