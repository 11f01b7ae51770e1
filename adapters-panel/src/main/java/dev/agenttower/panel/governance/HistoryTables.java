package dev.agenttower.panel.governance;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.panel.page.Shown;
import dev.agenttower.panel.page.Table;
import io.javalin.http.Context;
import java.util.List;

/** The change requests of a project, newest first; each leads to its page with its steps on the ledger. */
public final class HistoryTables {
    private static final int PER_PAGE = 100;

    private HistoryTables() {}

    /** Reads the page from the position in the query. */
    public static List<Table> read(Context context, GovernanceClient client) {
        List<SovereignChange> all = client.changeSummaries(ChangeFilter.ALL);
        int first = Math.min(GovernancePages.number(context.queryParam("from")), all.size());
        int next = first + PER_PAGE;
        String changes = "/governance/" + Shown.segment(context.pathParam("project")) + "/";
        return List.of(new Table(
                "Change requests",
                List.of("Id", "File", "Status", "Proposed by", "Proposed", "Decided", "Edited", "Reason"),
                all.subList(first, Math.min(next, all.size())).stream()
                        .map(change -> Table.linked(
                                changes + Shown.segment(change.id()),
                                change.id(),
                                change.targetPath(),
                                change.status(),
                                change.agent() + " (" + change.role() + ")",
                                change.submittedAt(),
                                change.decidedAt(),
                                change.wasEdited() ? "edited" : "",
                                change.rejectionReason()))
                        .toList(),
                first == 0 ? null : context.path() + "?from=" + Math.max(first - PER_PAGE, 0),
                next < all.size() ? context.path() + "?from=" + next : null));
    }
}
