package dev.agenttower.core.agent;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.agenttower.core.agent.AgentStore.Writes;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Removes agents that have ended. What they did stays: events, messages, log files and the audit trail. Messages that wait for a removed agent
 * are canceled. Thread-safe.
 *
 * <p>Each removal is recorded on the audit trail; a failure to write the trail is reported and does not undo the removal.
 */
public final class AgentRemoval {
    private final AgentStore store;
    private final AuditLog audit;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final Consumer<ContainerId> look;
    private final Mail mail;

    /**
     * Builds the use case from its ports.
     *
     * @param look brings the stored panes of a bench up to date before an active agent is removed
     */
    public AgentRemoval(
            AgentStore store,
            AuditLog audit,
            LifecycleLog lifecycle,
            InstantSource clock,
            Consumer<ContainerId> look,
            Mail mail) {
        this.store = requireNonNull(store, "store");
        this.audit = requireNonNull(audit, "audit");
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        this.clock = requireNonNull(clock, "clock");
        this.look = requireNonNull(look, "look");
        this.mail = requireNonNull(mail, "mail");
    }

    /**
     * Removes an agent that is inactive, or whose pane is gone. If its pane lives, rules of adoption leave the pane alone from then on.
     *
     * @param by who wants it: the id of an agent, or {@code host-operator}
     * @param peerUid the user id that the audit record names; -1 when unknown
     * @throws RefusedException {@code AGENT_NOT_FOUND}, or {@code VALUE_OUT_OF_SET} if it is active; then nothing is removed
     */
    public Removed forget(AgentId id, String by, long peerUid) {
        AgentListing known = store.find(id).orElseThrow(() -> notFound(id));
        if (known.agent().active()) {
            look.accept(known.agent().pane().container());
        }
        store.write(writes -> {
            Agent agent = writes.findById(id).orElseThrow(() -> notFound(id));
            if (isRunning(writes, agent)) {
                throw new RefusedException(
                        ErrorCode.VALUE_OUT_OF_SET,
                        "agent " + id + " is active in pane " + agent.pane().paneId()
                                + "; only ended agents can be forgotten, so close its pane first",
                        Map.of("agent_id", id.value()));
            }
            remove(writes, agent);
            return agent;
        });
        return removed(known, by, peerUid);
    }

    /**
     * Makes an agent inactive whose program has ended and whose pane lives on; rules of adoption leave the pane alone from then on. Registering
     * there makes the agent active again.
     *
     * @param by who wants it: the id of an agent, or {@code host-operator}
     * @param peerUid the user id that the audit record names; -1 when unknown
     * @return the agent as it was; empty if it was inactive
     * @throws RefusedException {@code AGENT_NOT_FOUND}, or {@code VALUE_OUT_OF_SET} if another agent wants it
     */
    public Optional<Agent> end(AgentId id, String by, long peerUid) {
        if (AgentId.isWellFormed(by) && !by.equals(id.value())) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    "an agent can end itself only, from its own pane; a person can end any");
        }
        Optional<Agent> ended = store.write(writes -> {
            Agent agent = writes.findById(id).orElseThrow(() -> notFound(id));
            if (!agent.active()) {
                return Optional.empty();
            }
            writes.update(agent.ended());
            writes.decline(agent.pane());
            return Optional.of(agent);
        });
        ended.ifPresent(agent -> record(agent, "agent_ended", "end_agent", Map.of(), by, peerUid));
        return ended;
    }

    private static boolean isRunning(Writes writes, Agent agent) {
        return agent.active()
                && writes.isPaneActive(agent.pane())
                && writes.isContainerActive(agent.pane().container());
    }

    /** The time that lies {@code age} back, in the form of the stored time stamps. */
    public String before(Duration age) {
        return Timestamps.micros(clock.instant().minus(age));
    }

    /** The inactive agents that were last seen or registered before a time, in the order of {@link AgentStore#list}. */
    public List<AgentListing> endedBefore(String time) {
        return store.list(AgentFilter.ALL).stream()
                .filter(listing -> hasEnded(listing.agent(), time))
                .toList();
    }

    /** Removes the agents of {@link #endedBefore}, each as {@link #forget} does. */
    public List<Removed> prune(String time, String by, long peerUid) {
        List<Removed> removed = new ArrayList<>();
        for (AgentListing ended : endedBefore(time)) {
            boolean isRemoved = store.write(writes -> {
                boolean stillEnded = writes.findById(ended.agent().id())
                        .filter(agent -> hasEnded(agent, time))
                        .isPresent();
                if (stillEnded) {
                    remove(writes, ended.agent());
                }
                return stillEnded;
            });
            if (isRemoved) {
                removed.add(removed(ended, by, peerUid));
            }
        }
        return removed;
    }

    private static boolean hasEnded(Agent agent, String time) {
        return !agent.active()
                && agent.lastRegisteredAt().compareTo(time) < 0
                && requireNonNullElse(agent.lastSeenAt(), "").compareTo(time) < 0;
    }

    private static void remove(Writes writes, Agent agent) {
        writes.remove(agent.id());
        writes.decline(agent.pane());
    }

    private Removed removed(AgentListing listing, String by, long peerUid) {
        // Should the daemon end here, the permission gate blocks what waits for an agent that is gone.
        int canceled = mail.cancelFor(listing.agent().id(), by);
        record(listing.agent(), "agent_forgotten", "forget_agent", Map.of("canceled_messages", canceled), by, peerUid);
        return new Removed(listing, canceled);
    }

    private void record(
            Agent agent, String event, String method, Map<String, Integer> details, String by, long peerUid) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("agent_id", agent.id().value());
        payload.put("container_id", agent.pane().container().value());
        payload.put("tmux_pane_id", agent.pane().paneId());
        payload.put("role", agent.role().wire());
        payload.put("label", agent.label());
        payload.putAll(details);
        payload.put("requested_by", by);
        payload.put("socket_peer_uid", peerUid);
        try {
            audit.append(AuditRecord.of(event, payload));
        } catch (AuditUnavailableException failure) {
            lifecycle.report(
                    LifecycleEvent.AUDIT_APPEND_FAILED,
                    "method",
                    method,
                    "agent_id",
                    agent.id().value(),
                    "error",
                    failure.getClass().getSimpleName(),
                    "error_message",
                    failure.getMessage());
        }
    }

    private static RefusedException notFound(AgentId id) {
        return new RefusedException(
                ErrorCode.AGENT_NOT_FOUND,
                "no agent has the id " + id + "; see list-agents",
                Map.of("agent_id", id.value()));
    }

    /** What waits for agents. */
    @FunctionalInterface
    public interface Mail {
        /** Gives up all messages that wait for an agent, and returns how many. */
        int cancelFor(AgentId target, String by);
    }

    /**
     * An agent that was removed.
     *
     * @param agent the agent as it was
     * @param canceledMessages how many messages waited for it
     */
    public record Removed(AgentListing agent, int canceledMessages) {}
}
