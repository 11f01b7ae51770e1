package dev.agenttower.cli.governance.request;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.request.UpdatedRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower request status}. */
@Command(
        name = "status",
        description = "change the status of a request",
        footer = "  agenttower request status REQ-028 completed --role DevOps_Engineer")
final class RequestStatusCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "REQ_ID", description = "the request, such as REQ-028")
    private String id;

    @Parameters(
            index = "1",
            paramLabel = "STATUS",
            description = "OPEN, IN_PROGRESS, COMPLETED, REJECTED, WITHDRAWN or SUPERSEDED")
    private String status;

    @Mixin
    private ActorOptions actor;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        UpdatedRequest updated = governance.ask(client -> client.updateRequestStatus(id, status, actor.actor(client)));
        governance.print(
                updated.json(),
                () -> new Facts()
                        .add("req_id", updated.id())
                        .add("new_status", updated.newStatus())
                        .add("event_id", updated.eventId()));
    }
}
