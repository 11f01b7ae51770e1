package dev.agenttower.core.agent;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentRegistration.Companion;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adopts panes as the rules of the settings say; the first rule that a pane fits counts. An agent that a pane had before comes back as it was. A
 * pane whose agent was forgotten is left alone for as long as it lives.
 *
 * <p>What cannot be adopted is reported once, and tried again by the next call. Used by one thread at a time.
 */
public final class RuleAdoption {
    private final Supplier<List<AdoptionRule>> rules;
    private final AgentStore store;
    private final AgentRegistration registration;
    private final Supplier<? extends Companion> logs;
    private final AuditLog audit;
    private final LifecycleLog lifecycle;
    private final long uid;
    private Map<PaneKey, ErrorCode> troubles = Map.of();
    private @Nullable String brokenRules;

    /**
     * Builds the use case from its ports.
     *
     * @param rules reads the rules of the settings; throws {@link InvalidSettingsException} if one is invalid
     * @param logs attaches the log of an agent with its registration
     * @param uid the daemon's user, which audit records name
     */
    public RuleAdoption(
            Supplier<List<AdoptionRule>> rules,
            AgentStore store,
            AgentRegistration registration,
            Supplier<? extends Companion> logs,
            AuditLog audit,
            LifecycleLog lifecycle,
            long uid) {
        this.rules = requireNonNull(rules, "rules");
        this.store = requireNonNull(store, "store");
        this.registration = requireNonNull(registration, "registration");
        this.logs = requireNonNull(logs, "logs");
        this.audit = requireNonNull(audit, "audit");
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        this.uid = uid;
    }

    /**
     * Adopts all panes that fit a rule. Call it after a scan, since the stored panes decide.
     *
     * @return false if the store failed, and it should be tried again soon
     */
    public boolean apply() {
        List<AdoptionRule> current = readRules();
        if (current.isEmpty()) {
            return true;
        }
        try {
            adopt(current);
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    private List<AdoptionRule> readRules() {
        try {
            List<AdoptionRule> current = rules.get();
            brokenRules = null;
            return current;
        } catch (InvalidSettingsException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(brokenRules)) {
                lifecycle.report(LifecycleEvent.ADOPTION_RULES_INVALID, "reason", message);
            }
            brokenRules = message;
            return List.of();
        }
    }

    private void adopt(List<AdoptionRule> current) {
        Map<PaneKey, ErrorCode> failed = new HashMap<>();
        for (AdoptablePane pane : store.adoptablePanes()) {
            AdoptionRule rule = current.stream()
                    .filter(candidate -> candidate.matches(pane))
                    .findFirst()
                    .orElse(null);
            if (rule != null) {
                adopt(pane, rule, failed);
            }
        }
        troubles = failed;
    }

    private void adopt(AdoptablePane pane, AdoptionRule rule, Map<PaneKey, ErrorCode> failed) {
        try {
            RegisterAgent request = new RegisterAgent(
                    pane.pane(),
                    rule.role(),
                    rule.capability(),
                    rule.label().label(pane, labels()::contains),
                    null,
                    ParentChoice.KEEP);
            Registration adopted = registration.adoptByRule(request, uid, rule.attachLog() ? logs.get() : null);
            record(adopted, rule);
        } catch (RefusedException refusal) {
            if (refusal.code() != ErrorCode.PANE_ALREADY_REGISTERED) {
                report(pane.pane(), rule, refusal, failed);
            }
        }
    }

    /** The labels of active agents. Read for each adoption, which are few, because each takes one. */
    private Set<String> labels() {
        return store.list(new AgentFilter(List.of(), null, true, null)).stream()
                .map(listing -> listing.agent().label())
                .collect(Collectors.toSet());
    }

    private void report(PaneKey pane, AdoptionRule rule, RefusedException refusal, Map<PaneKey, ErrorCode> failed) {
        // The message may hold an id that was drawn for this attempt.
        failed.put(pane, refusal.code());
        if (refusal.code() != troubles.get(pane)) {
            lifecycle.report(
                    LifecycleEvent.ADOPTION_FAILED,
                    "rule",
                    rule.name(),
                    "container_id",
                    pane.container().value(),
                    "pane_id",
                    pane.paneId(),
                    "error",
                    refusal.code().wire(),
                    "error_message",
                    refusal.getMessage());
        }
    }

    private void record(Registration adopted, AdoptionRule rule) {
        Agent agent = adopted.agent().agent();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("agent_id", agent.id().value());
        payload.put("container_id", agent.pane().container().value());
        payload.put("tmux_pane_id", agent.pane().paneId());
        payload.put("rule", rule.name());
        payload.put("created_or_reactivated", adopted.kind().wire());
        try {
            audit.append(AuditRecord.of("agent_adopted_by_rule", payload));
        } catch (AuditUnavailableException failure) {
            lifecycle.report(
                    LifecycleEvent.AUDIT_APPEND_FAILED,
                    "method",
                    "adoption",
                    "agent_id",
                    agent.id().value(),
                    "error",
                    failure.getClass().getSimpleName(),
                    "error_message",
                    failure.getMessage());
        }
    }
}
