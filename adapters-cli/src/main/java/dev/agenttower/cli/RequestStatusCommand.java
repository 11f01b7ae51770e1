package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.UpdatedRequest;
import java.util.List;

/** {@code agenttower request status}. */
final class RequestStatusCommand implements Command {
    private static final OperandForm ID = OperandForm.required("REQ_ID", "the request, such as REQ-028");
    private static final OperandForm STATUS =
            OperandForm.required("STATUS", "OPEN, IN_PROGRESS, COMPLETED, REJECTED, WITHDRAWN or SUPERSEDED");

    @Override
    public CommandForm form() {
        return CommandName.REQUEST_STATUS
                .form(
                        List.of(
                                GovernanceAccess.ROLE,
                                GovernanceAccess.AGENT,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower request status REQ-028 completed --role DevOps_Engineer")
                .withOperands(ID, STATUS);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        UpdatedRequest updated;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            updated = access.client()
                    .updateRequestStatus(
                            arguments.required(ID.name()),
                            arguments.required(STATUS.name()),
                            OwnActor.of(arguments, context, access.client()));
        }
        DaemonAccess.printResult(
                context,
                arguments,
                updated.json(),
                () -> new Facts()
                        .add("req_id", updated.id())
                        .add("new_status", updated.newStatus())
                        .add("event_id", updated.eventId()));
        return ExitCode.OK;
    }
}
