package dev.agenttower.daemon;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.TerminalTitle;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.time.IsoTimes;
import dev.agenttower.daemon.lifecycle.Lifecycle;
import dev.agenttower.sqlite.SqliteStores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the states of agents true between the signs of their hooks: time alone makes an agent stuck, clients write down more than their hooks
 * tell, and titles change.
 */
final class AgentStateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AgentStateWatch.class);

    private final AgentStates states;
    private final SqliteStores stores;
    private final InstantSource clock;
    private final HookedAgents hooked;
    private final ClientRecords records;

    /** A watch that is not started. */
    AgentStateWatch(
            AgentStates states, SqliteStores stores, InstantSource clock, HookedAgents hooked, ClientRecords records) {
        this.states = states;
        this.stores = stores;
        this.clock = clock;
        this.hooked = hooked;
        this.records = records;
    }

    /** Looks each second, and at the titles after each scan, until the lifecycle ends. */
    void start(Tower tower, Lifecycle lifecycle) {
        ScheduledFuture<?> looking =
                Workers.timer(lifecycle, "agent-state", 1).scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        lifecycle.own(() -> looking.cancel(false));
        lifecycle.own(tower.panes().onScanned(this::readTitles));
    }

    private void look() {
        if (states.known().isEmpty()) {
            return;
        }
        try {
            List<Agent> active = active().stream().map(AgentListing::agent).toList();
            states.refresh(active.stream().map(Agent::id).toList());
            active.forEach(this::readRecord);
        } catch (StorageException e) {
            LOG.warn("the states of agents could not be brought up to date: {}", e.getMessage());
        }
    }

    private void readRecord(Agent agent) {
        if (states.of(agent.id()).state() == AgentState.ENDED) {
            return;
        }
        Instant at = clock.instant();
        hooked.client(agent.id())
                .flatMap(client -> records.read(agent.capability(), client))
                .ifPresent(reading -> states.take(agent.id(), reading, at));
    }

    private void readTitles() {
        try {
            List<AgentListing> titled = active().stream()
                    .filter(listing -> TerminalTitle.isShownBy(listing.agent().capability()))
                    .toList();
            if (titled.isEmpty()) {
                return;
            }
            Map<PaneKey, Pane> panes = stores.panes().list(new PaneFilter(true, null)).stream()
                    .collect(Collectors.toMap(Pane::key, pane -> pane));
            for (AgentListing listing : titled) {
                Pane pane = panes.get(listing.agent().pane());
                if (pane != null) {
                    TerminalTitle.reading(listing.agent().capability(), pane.currentCommand(), pane.title())
                            .ifPresent(reading -> IsoTimes.parse(pane.lastScannedAt())
                                    .ifPresent(at -> states.take(listing.agent().id(), reading, at)));
                }
            }
        } catch (StorageException e) {
            LOG.warn("the titles of agents could not be read: {}", e.getMessage());
        }
    }

    private List<AgentListing> active() {
        return stores.agents().list(new AgentFilter(List.of(), null, true, null));
    }
}
