package dev.agenttower.panel.governance;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import dev.agenttower.client.governance.policy.Enforcement;
import dev.agenttower.panel.page.Table;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The policy of a project: roles, paths and specs, what contradicts in them, denials and drift. */
public final class PolicyTables {
    private static final int DRIFT = 50;

    private PolicyTables() {}

    /** Reads the lists. */
    public static List<Table> read(Context context, GovernanceClient client) {
        Enforcement enforcement = client.enforcement();
        List<LedgerEntry> drift = client.events(
                        new LedgerSearch("end", Direction.BACKWARD, DRIFT, null, null, "sovereign_file_drift", null))
                .events();
        return List.of(
                Table.of(
                        "Conflicts",
                        List.of("Type", "Role", "Path or spec", "What"),
                        client.conflicts().stream()
                                .map(conflict -> Table.row(
                                        conflict.type(),
                                        conflict.role(),
                                        conflict.path() == null ? conflict.specId() : conflict.path(),
                                        conflict.message()))),
                Table.of(
                        "Roles",
                        List.of("Role", "Paths", "Actions", "Specs", "Locked"),
                        client.roles().stream()
                                .map(role -> Table.row(
                                        role.name(),
                                        String.join(", ", role.paths()),
                                        String.join(", ", role.actionTypes()),
                                        String.join(", ", role.specs()),
                                        role.isLocked() ? "locked" : ""))),
                Table.of(
                        "Specs",
                        List.of("Spec", "Title", "Status", "Roles", "Actions", "Paths"),
                        client.specs().stream()
                                .map(spec -> Table.row(
                                        spec.id(),
                                        spec.title(),
                                        spec.status(),
                                        String.join(", ", spec.roles()),
                                        String.join(", ", spec.actionTypes()),
                                        String.join(", ", spec.paths())))),
                Table.of(
                        "Sovereign files (" + enforcement.mode() + ")",
                        List.of("Path"),
                        enforcement.sovereign().stream().map(Table::row)),
                Table.of("Drift of sovereign files", LedgerTables.COLUMNS, LedgerTables.rows(newestFirst(drift))),
                Table.of(
                        "Recent denials",
                        LedgerTables.COLUMNS,
                        LedgerTables.rows(newestFirst(enforcement.recentDenials()))));
    }

    private static List<LedgerEntry> newestFirst(List<LedgerEntry> entries) {
        List<LedgerEntry> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        return reversed;
    }
}
