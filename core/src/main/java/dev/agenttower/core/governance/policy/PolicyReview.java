package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows the policy of a project. Changes nothing. Thread-safe. */
public final class PolicyReview {
    private static final int DENIALS = 10;
    /** The number of pages searched for denials. */
    private static final int PAGES = 5;

    private final PolicySource policy;
    private final Ledger ledger;

    /** The review of one project. */
    public PolicyReview(PolicySource policy, Ledger ledger) {
        this.policy = policy;
        this.ledger = ledger;
    }

    /** The roles of the jurisdictions, then those named only in specs. */
    public List<RoleView> roles() {
        Policy now = policy.current();
        Set<String> names = new LinkedHashSet<>(now.roles().keySet());
        now.specs().values().forEach(spec -> names.addAll(spec.roles()));
        return names.stream().map(name -> role(now, name)).toList();
    }

    /** The conflicts within the policy. */
    public List<PolicyConflict> conflicts() {
        Policy now = policy.current();
        List<PolicyConflict> conflicts = new ArrayList<>();
        now.roles()
                .forEach((role, rule) -> now.protectedPaths().sovereign().stream()
                        .filter(path -> rule.paths().covers(path))
                        .forEach(path -> conflicts.add(new PolicyConflict(
                                "sovereign_conflict",
                                role,
                                path,
                                null,
                                "Role " + role + " has access to sovereign path " + path))));
        now.specs()
                .forEach((id, spec) -> spec.roles().stream()
                        .filter(role -> !now.roles().containsKey(role))
                        .forEach(role -> conflicts.add(new PolicyConflict(
                                "missing_jurisdiction",
                                role,
                                null,
                                id,
                                "Role " + role + " is authorized in " + id
                                        + " but has no jurisdiction in jurisdictions.json"))));
        return conflicts;
    }

    /** The problems of the policy files. */
    public List<PolicyProblem> problems() {
        return policy.current().problems();
    }

    /** The last ten denials among the last five thousand events, oldest first. */
    public List<LedgerEvent> recentDenials() {
        List<LedgerEvent> denials = new ArrayList<>();
        LedgerPage page = ledger.page(LedgerQuery.newest(LedgerFilter.all(), LedgerQuery.MAX_LIMIT));
        for (int pages = 1; ; pages++) {
            List<LedgerEvent> older = page.events().stream()
                    .filter(event -> Boolean.FALSE.equals(event.fields().get("authorized")))
                    .toList();
            denials.addAll(0, older);
            if (denials.size() >= DENIALS || !page.hasMore() || pages == PAGES) {
                return List.copyOf(denials.subList(Math.max(0, denials.size() - DENIALS), denials.size()));
            }
            page = ledger.page(LedgerQuery.before(LedgerFilter.all(), page.before(), LedgerQuery.MAX_LIMIT));
        }
    }

    private static RoleView role(Policy policy, String name) {
        RoleRule rule = policy.roles().get(name);
        Set<String> actions = new LinkedHashSet<>(rule == null ? List.of() : rule.actionTypes());
        Map<String, SpecRule> specs = new LinkedHashMap<>(policy.specs());
        specs.values().removeIf(spec -> !spec.roles().contains(name));
        specs.values().forEach(spec -> actions.addAll(spec.actionTypes()));
        return new RoleView(
                name,
                rule == null ? List.of() : rule.paths().written(),
                List.copyOf(actions),
                List.copyOf(specs.keySet()),
                rule != null && rule.locked());
    }
}
