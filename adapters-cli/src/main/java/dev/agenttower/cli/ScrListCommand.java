package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.governance.ChangeFilter;
import dev.agenttower.socket.client.governance.SovereignChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower scr list}. */
final class ScrListCommand implements Command {
    private static final String STATUS = "--status";
    private static final String ALL = "--all";

    @Override
    public CommandForm form() {
        return CommandName.SCR_LIST.form(
                List.of(
                        OptionForm.value(
                                STATUS, "STATUS", "pending (default), authorized, rejected, withdrawn or external"),
                        OptionForm.flag(ALL, "of any status"),
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower scr list",
                "agenttower scr list --all --project shop");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<SovereignChange> changes;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            changes = access.client().changes(filter(arguments));
        }
        Listing listing = new Listing("SCR_ID", "STATUS", "TARGET", "TYPE", "ROLE", "AGENT", "SUBMITTED", "DESCRIPTION")
                .forScriptsOnly("TYPE", "AGENT", "SUBMITTED");
        for (SovereignChange change : changes) {
            listing.add(
                    change.id(),
                    change.status(),
                    change.targetPath(),
                    change.changeType(),
                    change.role(),
                    change.agent(),
                    change.submittedAt(),
                    change.description());
        }
        GovernanceAccess.print(arguments, context, "requests", changes.stream().map(SovereignChange::json), listing);
        return ExitCode.OK;
    }

    private static ChangeFilter filter(Arguments arguments) {
        @Nullable String status = arguments.value(STATUS);
        if (status != null) {
            return new ChangeFilter(status, null, null, null);
        }
        return arguments.has(ALL) ? ChangeFilter.ALL : ChangeFilter.PENDING;
    }
}
