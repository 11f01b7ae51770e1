package dev.agenttower.panel.request;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.request.RoleRequest;
import dev.agenttower.panel.page.Table;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The newest requests between the roles of a project: those that are open first. */
public final class RequestTables {
    private static final int SHOWN = 200;
    private static final String OPEN = "OPEN";

    private RequestTables() {}

    /** Reads them. */
    public static List<Table> read(Context context, GovernanceClient client) {
        List<RoleRequest> all = new ArrayList<>(client.requests(null, null));
        Collections.reverse(all);
        return List.of(table("Open requests", all, true), table("Other requests", all, false));
    }

    private static Table table(String caption, List<RoleRequest> all, boolean isOpen) {
        return Table.of(
                caption,
                List.of("Id", "Status", "From", "To", "Date", "Title", "Summary"),
                all.stream()
                        .filter(request -> request.status().equals(OPEN) == isOpen)
                        .limit(SHOWN)
                        .map(request -> Table.row(
                                request.id(),
                                request.status(),
                                request.author(),
                                request.toRole(),
                                request.date(),
                                request.title(),
                                request.summary())));
    }
}
