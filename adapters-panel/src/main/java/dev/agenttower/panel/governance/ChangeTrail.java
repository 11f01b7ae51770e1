package dev.agenttower.panel.governance;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import dev.agenttower.panel.page.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A step of a change on the ledger: proposed, authorized, applied, or rejected.
 *
 * @param step the last word of its type
 * @param isProof whether the daemon wrote it, rather than another program
 */
public record ChangeTrail(String step, String at, String agent, String role, String eventId, boolean isProof) {
    private static final String PREFIX = "sovereign_change_";
    private static final List<String> STEPS = List.of("proposed", "authorized", "applied", "rejected", "withdrawn");
    private static final int SEARCHED = 300;

    /** The steps of a change among the newest 300 events of each type, oldest first. */
    static List<ChangeTrail> of(GovernanceClient client, SovereignChange change) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (String step : change.isPending() ? STEPS.subList(0, 1) : STEPS) {
            client
                    .events(new LedgerSearch("end", Direction.BACKWARD, SEARCHED, null, null, PREFIX + step, null))
                    .events()
                    .stream()
                    .filter(entry ->
                            entry.json().at("/action_data/scr_id").asText("").equals(change.id()))
                    .forEach(entries::add);
        }
        return entries.stream()
                .sorted(Comparator.comparing(LedgerEntry::at))
                .map(ChangeTrail::of)
                .toList();
    }

    private static ChangeTrail of(LedgerEntry entry) {
        return new ChangeTrail(
                entry.actionType().substring(PREFIX.length()),
                Shown.line(entry.at()),
                Shown.line(entry.agent()),
                Shown.line(entry.role()),
                Shown.line(entry.id()),
                !entry.isExternal());
    }
}
