package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.SpecRights;
import java.util.List;

/** {@code agenttower policy specs}. */
final class PolicySpecsCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.POLICY_SPECS.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower policy specs");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<SpecRights> specs;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            specs = access.client().specs();
        }
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
        GovernanceAccess.print(arguments, context, "specs", specs.stream().map(PolicySpecsCommand::json), listing);
        return ExitCode.OK;
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
