package dev.agenttower.cli.governance.request;

import dev.agenttower.cli.command.AllowedValues;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.request.RoleRequest;
import dev.agenttower.core.governance.request.RequestStatus;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower request list}. */
@Command(
        name = "list",
        description = "list the requests between roles",
        footer = "  agenttower request list --role DevOps_Engineer --status OPEN")
final class RequestListCommand implements Runnable {
    @Option(names = "--role", paramLabel = "ROLE", description = "only those from or to this role")
    private @Nullable String role;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "only OPEN, IN_PROGRESS, COMPLETED, REJECTED, WITHDRAWN or SUPERSEDED")
    private @Nullable String status;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        if (status != null && RequestStatus.parse(status).isEmpty()) {
            new AllowedValues("--status", Arrays.stream(RequestStatus.values()).map(Enum::name)).require(status);
        }
        List<RoleRequest> requests = governance.ask(client -> client.requests(role, status));
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
        governance.output().printRows("requests", requests.stream().map(RoleRequest::json), listing);
    }
}
