package dev.agenttower.core.memory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.event.ActivityWindow;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;
import dev.agenttower.core.queue.MessageStore.KeyedMessage;
import dev.agenttower.core.queue.QueueAuditEntry;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One state of all tables. Changed only by the transaction that copied it, and never after its commit. */
final class Rows {
    final Map<ContainerId, BenchContainer> containers;
    final Map<PaneKey, Pane> panes;
    final Map<PaneKey, PaneIdentity> paneIdentities;
    final Map<String, AgentRow> agents;
    final Map<String, LogAttachment> logAttachments;
    final Map<LogRead, LogOffset> logOffsets;
    final Map<Long, EventRow> events;
    final Map<String, ActivityWindow> activityWindows;
    final Map<String, MessageRow> messages;
    final Map<String, Long> messagePanes;
    final Map<String, Receipt> receipts;
    /** By the id of a message, that of the first message of its prompt. */
    final Map<String, String> joined;

    final Map<String, RouteRow> routes;
    final Map<String, String> agentPrograms;
    final Set<PaneItself> declinedPanes;
    final Map<RequestKey, KeyedMessage> requestKeys;
    final Map<Long, QueueAuditEntry> unwrittenAudits;
    RoutingSwitch routing;
    final List<StoredContainerScan> containerScans;
    final List<StoredPaneScan> paneScans;

    Rows() {
        containers = new LinkedHashMap<>();
        panes = new LinkedHashMap<>();
        paneIdentities = new HashMap<>();
        agents = new LinkedHashMap<>();
        logAttachments = new LinkedHashMap<>();
        logOffsets = new LinkedHashMap<>();
        events = new LinkedHashMap<>();
        activityWindows = new HashMap<>();
        messages = new LinkedHashMap<>();
        messagePanes = new HashMap<>();
        receipts = new HashMap<>();
        joined = new HashMap<>();
        routes = new LinkedHashMap<>();
        agentPrograms = new HashMap<>();
        declinedPanes = new HashSet<>();
        requestKeys = new LinkedHashMap<>();
        unwrittenAudits = new LinkedHashMap<>();
        routing = new RoutingSwitch(true, "1970-01-01T00:00:00.000Z", "(daemon-init)");
        containerScans = new ArrayList<>();
        paneScans = new ArrayList<>();
    }

    Rows(Rows other) {
        containers = new LinkedHashMap<>(other.containers);
        panes = new LinkedHashMap<>(other.panes);
        paneIdentities = new HashMap<>(other.paneIdentities);
        agents = new LinkedHashMap<>(other.agents);
        logAttachments = new LinkedHashMap<>(other.logAttachments);
        logOffsets = new LinkedHashMap<>(other.logOffsets);
        events = new LinkedHashMap<>(other.events);
        activityWindows = new HashMap<>(other.activityWindows);
        messages = new LinkedHashMap<>(other.messages);
        messagePanes = new HashMap<>(other.messagePanes);
        receipts = new HashMap<>(other.receipts);
        joined = new HashMap<>(other.joined);
        routes = new LinkedHashMap<>(other.routes);
        agentPrograms = new HashMap<>(other.agentPrograms);
        declinedPanes = new HashSet<>(other.declinedPanes);
        requestKeys = new LinkedHashMap<>(other.requestKeys);
        unwrittenAudits = new LinkedHashMap<>(other.unwrittenAudits);
        routing = other.routing;
        containerScans = new ArrayList<>(other.containerScans);
        paneScans = new ArrayList<>(other.paneScans);
    }

    boolean isContainerActive(ContainerId id) {
        BenchContainer container = containers.get(id);
        return container != null && container.active();
    }

    boolean isPaneActive(PaneKey key) {
        Pane pane = panes.get(key);
        return pane != null && pane.active();
    }

    /** Panes of these benches, with their servers where those are known. */
    List<PaneStore.KnownPane> known(Set<ContainerId> benches) {
        return panes.values().stream()
                .filter(pane -> benches.contains(pane.key().container()))
                .map(pane -> new PaneStore.KnownPane(pane.key(), pane.active(), server(pane.key())))
                .toList();
    }

    private @Nullable TmuxServer server(PaneKey pane) {
        PaneIdentity identity = paneIdentities.get(pane);
        return identity == null ? null : identity.server();
    }

    boolean isAdoptable(PaneKey pane) {
        return isPaneActive(pane)
                && isContainerActive(pane.container())
                && agentOf(pane).filter(AgentRow::active).isEmpty()
                && !declinedPanes.contains(itself(pane));
    }

    /** A pane apart from its address, as far as its server is known. */
    PaneItself itself(PaneKey pane) {
        return new PaneItself(pane.container(), pane.socketPath(), pane.paneId(), server(pane));
    }

    Optional<AgentRow> agentOf(PaneKey pane) {
        return agents.values().stream().filter(row -> row.pane().equals(pane)).findFirst();
    }

    /** The ids of the agents whose log is being recorded. */
    Set<String> agentsWithActiveLog() {
        return logAttachments.values().stream()
                .filter(LogAttachment::isActive)
                .map(log -> log.agent().value())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The bench and tmux id of every pane that an active agent calls its own. */
    Set<BenchAndPane> panesWithActiveAgent() {
        return agents.values().stream()
                .filter(AgentRow::active)
                .map(row -> BenchAndPane.of(row.pane()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Panes of stored containers; {@code container} is an exact id if {@code byId}, else an exact name, and null is all. */
    Predicate<Pane> ofContainer(@Nullable String container, boolean byId) {
        return pane -> {
            BenchContainer owner = containers.get(pane.key().container());
            return owner != null && (container == null || (byId ? owner.id().value() : owner.name()).equals(container));
        };
    }

    /** The log of an agent, as far as it was read. */
    record LogRead(AgentId agent, String logPath) {}

    /** What makes a pane itself, wherever its server shows it; without a known server its socket stands for that. */
    record PaneItself(
            ContainerId container,
            String socketPath,
            String paneId,
            @Nullable TmuxServer server) {}

    /** What figures take for the identity of a pane. */
    record BenchAndPane(ContainerId container, String paneId) {
        static BenchAndPane of(PaneKey key) {
            return new BenchAndPane(key.container(), key.paneId());
        }
    }
}
