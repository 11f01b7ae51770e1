package dev.agenttower.cli.governance.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.policy.SpecRights;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower policy specs}. */
@Command(name = "specs", description = "list the specs and what they authorize", footer = "  agenttower policy specs")
final class PolicySpecsCommand implements Runnable {
    @Mixin
    private Governance governance;

    @Override
    public void run() {
        List<SpecRights> specs = governance.ask(GovernanceClient::specs);
        Listing listing = new Listing("SPEC", "STATUS", "IN_FORCE", "ROLES", "ACTIONS", "PATHS", "TITLE")
                .forScriptsOnly("IN_FORCE");
        for (SpecRights spec : specs) {
            listing.add(
                    spec.id(),
                    spec.status(),
                    spec.isInForce() ? "1" : "0",
                    Listing.joined(spec.roles()),
                    Listing.joined(spec.actionTypes()),
                    Listing.joined(spec.paths()),
                    spec.title());
        }
        governance.output().printRows("specs", specs.stream().map(PolicySpecsCommand::json), listing);
    }

    private static ObjectNode json(SpecRights spec) {
        ObjectNode row = JsonText.object().put("spec_id", spec.id()).put("title", spec.title());
        row.put("status", spec.status());
        spec.roles().forEach(row.putArray("roles")::add);
        spec.actionTypes().forEach(row.putArray("action_types")::add);
        spec.paths().forEach(row.putArray("paths")::add);
        return row;
    }
}
