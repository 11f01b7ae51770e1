package dev.agenttower.panel.governance;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import dev.agenttower.client.governance.ledger.LedgerSlice;
import dev.agenttower.panel.page.Shown;
import dev.agenttower.panel.page.Table;
import dev.agenttower.panel.page.Table.Cell;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ledger of a project, a page of events at a time, newest first. */
public final class LedgerTables {
    static final List<String> COLUMNS = List.of("Time", "Type", "Agent", "Role", "Spec", "What");

    private static final int PER_PAGE = 100;

    private LedgerTables() {}

    /** Reads the page before the cursor in the query, or the last one. */
    public static List<Table> read(Context context, GovernanceClient client) {
        @Nullable String cursor = context.queryParam("before");
        LedgerSlice slice =
                client.events(LedgerSearch.newest(PER_PAGE).from(cursor == null ? "end" : cursor, Direction.BACKWARD));
        List<LedgerEntry> entries = new ArrayList<>(slice.events());
        Collections.reverse(entries);
        return List.of(new Table(
                "Ledger",
                COLUMNS,
                rows(entries).toList(),
                cursor == null ? null : context.path(),
                slice.hasMore() ? context.path() + "?before=" + Shown.segment(slice.before()) : null));
    }

    static Stream<List<Cell>> rows(List<LedgerEntry> entries) {
        return entries.stream()
                .map(entry -> Table.row(
                        entry.at(),
                        entry.actionType() + (entry.isExternal() ? " (not written by the daemon)" : ""),
                        entry.agent(),
                        entry.role(),
                        entry.specRef(),
                        entry.description()));
    }
}
