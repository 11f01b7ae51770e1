package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.governance.RoleRequest;
import java.util.List;

/** {@code agenttower request list}. */
final class RequestListCommand implements Command {
    private static final String ROLE = "--role";
    private static final String STATUS = "--status";

    @Override
    public CommandForm form() {
        return CommandName.REQUEST_LIST.form(
                List.of(
                        OptionForm.value(ROLE, "ROLE", "only those from or to this role"),
                        OptionForm.value(
                                STATUS,
                                "STATUS",
                                "only OPEN, IN_PROGRESS, COMPLETED, REJECTED, WITHDRAWN or SUPERSEDED"),
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower request list --role DevOps_Engineer --status OPEN");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<RoleRequest> requests;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            requests = access.client().requests(arguments.value(ROLE), arguments.value(STATUS));
        }
        Listing listing = new Listing("REQ_ID", "STATUS", "FROM", "TO", "DATE", "TITLE").forScriptsOnly("DATE");
        for (RoleRequest request : requests) {
            listing.add(
                    request.id(),
                    request.status(),
                    request.author(),
                    request.toRole(),
                    request.date(),
                    request.title());
        }
        GovernanceAccess.print(arguments, context, "requests", requests.stream().map(RoleRequest::json), listing);
        return ExitCode.OK;
    }
}
