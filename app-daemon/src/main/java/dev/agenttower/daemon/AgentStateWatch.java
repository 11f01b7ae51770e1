package dev.agenttower.daemon;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.screen.ClientScreen;
import dev.agenttower.core.agent.screen.PaneScreens;
import dev.agenttower.core.agent.screen.Screen;
import dev.agenttower.core.agent.screen.ScreenLooks;
import dev.agenttower.core.agent.screen.ScreenReading;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.Reading;
import dev.agenttower.core.agent.state.StateSequence;
import dev.agenttower.core.agent.state.TerminalTitle;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.event.LogNotices;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.time.IsoTimes;
import dev.agenttower.daemon.lifecycle.Lifecycle;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.workspace.log.LogFolderWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the states of agents true between the signs of their hooks: time alone makes an agent stuck, clients write down more than their hooks
 * tell, titles change, and panes print.
 */
final class AgentStateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AgentStateWatch.class);
    /** Agents whose panes are not recorded are looked at as often. */
    private static final int TICKS_UNHEARD = 15;
    /** While nothing is known of any agent, they are looked for as often. */
    private static final int TICKS_UNKNOWN = 3;

    private static final int SCREENS_AT_ONCE = 2;
    private static final Duration RECORDS = Duration.ofSeconds(1);

    private final AgentStates states;
    private final SqliteStores stores;
    private final InstantSource clock;
    private final HookedAgents hooked;
    private final ClientRecords records;
    private final PaneScreens screens;
    private final Optional<ContainerId> host;
    private final Map<AgentId, ProcessMark> found = new ConcurrentHashMap<>();
    /** What titles and sequences call idle, until the screen shows that no dialog is open. */
    private final Map<AgentId, Reading> idle = new ConcurrentHashMap<>();

    /** What sequences tell of agents that the last look did not know. */
    private final Map<AgentId, Reading> unknown = new ConcurrentHashMap<>();

    private volatile Map<AgentId, AgentListing> present = Map.of();
    private volatile @Nullable ScreenLooks looks;
    private int ticks;

    /**
     * A watch that is not started.
     *
     * @param host the host as a bench; empty if it is none
     */
    AgentStateWatch(
            AgentStates states,
            SqliteStores stores,
            InstantSource clock,
            HookedAgents hooked,
            ClientRecords records,
            PaneScreens screens,
            Optional<ContainerId> host) {
        this.states = states;
        this.stores = stores;
        this.clock = clock;
        this.hooked = hooked;
        this.records = records;
        this.screens = screens;
        this.host = host;
    }

    /** Looks each second, at titles after each scan, at records when they change, and at screens when panes print, until the lifecycle ends. */
    void start(Tower tower, Lifecycle lifecycle) {
        looks = new ScreenLooks(Workers.timer(lifecycle, "screens", SCREENS_AT_ONCE), System::nanoTime, this::lookAt);
        ScheduledFuture<?> looking =
                Workers.timer(lifecycle, "agent-state", 1).scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        lifecycle.own(() -> looking.cancel(false));
        lifecycle.own(tower.panes().onScanned(this::readTitles));
        watchRecords(lifecycle);
    }

    private void watchRecords(Lifecycle lifecycle) {
        ScheduledExecutorService watcher = Workers.timer(lifecycle, "client-records", 1);
        try {
            LogNotices notices = new LogFolderWatch();
            ScheduledFuture<?> watching =
                    watcher.scheduleWithFixedDelay(() -> awaitRecords(notices), 1, 1, TimeUnit.MILLISECONDS);
            // Closed before the thread that waits for it is ended.
            lifecycle.own(() -> {
                watching.cancel(false);
                notices.close();
            });
        } catch (IOException e) {
            LOG.warn(
                    "changes of the records of clients are seen within a second only, because the system tells of none",
                    e);
        }
    }

    private void awaitRecords(LogNotices notices) {
        Map<String, AgentListing> files = new HashMap<>();
        present.forEach((id, agent) -> {
            if (agent.agent().capability() == Capability.CLAUDE) {
                client(agent).ifPresent(client -> files.put(records.file(client).toString(), agent));
            }
        });
        notices.follow(files.keySet());
        Set<String> changed = notices.await(RECORDS).changed();
        files.forEach((file, agent) -> {
            if (changed.contains(file)) {
                readRecord(agent);
            }
        });
    }

    /** Takes what the pane of an agent printed, see {@link dev.agenttower.core.event.EventReader.Listener#printed}. */
    void printed(AgentId id, ByteBuffer output) {
        Instant at = clock.instant();
        AgentListing agent = present.get(id);
        Optional<Reading> sequence = StateSequence.last(output);
        if (agent == null) {
            // It was registered just now.
            sequence.ifPresent(reading -> unknown.put(id, reading));
        } else {
            sequence.ifPresent(reading -> takeSequence(agent, reading, at));
            expect(agent);
        }
    }

    private void takeSequence(AgentListing agent, Reading reading, Instant at) {
        if (agent.agent().capability() == Capability.CODEX) {
            take(agent.agent().id(), reading, at);
        }
    }

    /** Takes what a client tells; that it is idle only after a look at its screen, as a start dialog or a menu counts as idle there. */
    private void take(AgentId id, Reading reading, Instant at) {
        if (reading.state() == AgentState.IDLE) {
            idle.put(id, reading);
        } else {
            idle.remove(id);
            states.take(id, reading, at);
        }
    }

    private void expect(AgentListing agent) {
        ScreenLooks looking = looks;
        if (looking != null && ClientScreen.isKnown(agent.agent().capability())) {
            looking.printed(agent.agent().id());
        }
    }

    private void look() {
        int tick = ticks++;
        if (states.known().isEmpty() && tick % TICKS_UNKNOWN != 0) {
            return;
        }
        try {
            Map<AgentId, AgentListing> before = present;
            Map<AgentId, AgentListing> active = active().stream()
                    .collect(Collectors.toMap(listing -> listing.agent().id(), listing -> listing));
            present = active;
            Instant at = clock.instant();
            active.forEach((id, agent) -> {
                Reading told = unknown.remove(id);
                if (told != null) {
                    takeSequence(agent, told, at);
                }
            });
            unknown.clear();
            states.refresh(active.keySet());
            found.keySet().retainAll(active.keySet());
            idle.keySet().retainAll(active.keySet());
            ScreenLooks looking = looks;
            if (looking != null) {
                looking.keep(active.keySet());
            }
            active.values().forEach(this::readRecord);
            Set<AgentId> heard = tick % TICKS_UNHEARD == 0 ? recorded() : active.keySet();
            active.values().stream()
                    .filter(agent -> !before.containsKey(agent.agent().id())
                            || !heard.contains(agent.agent().id()))
                    .forEach(this::expect);
        } catch (StorageException e) {
            LOG.warn("the states of agents could not be brought up to date: {}", e.getMessage());
        }
    }

    private Set<AgentId> recorded() {
        return stores.logs().active().stream().map(LogAttachment::agent).collect(Collectors.toSet());
    }

    private void readRecord(AgentListing agent) {
        AgentId id = agent.agent().id();
        Optional<ProcessMark> client = client(agent);
        // Hooks have told that it ends.
        boolean isOver = states.of(id).state() == AgentState.ENDED && client.equals(hooked.client(id));
        if (isOver) {
            return;
        }
        Instant at = clock.instant();
        client.flatMap(process -> records.read(agent.agent().capability(), process))
                .ifPresent(reading -> states.take(id, reading, at));
    }

    /** The client in the pane of an agent, if hooks have told of it or it keeps a record; one that has ended only if there is no other. */
    private Optional<ProcessMark> client(AgentListing agent) {
        AgentId id = agent.agent().id();
        Optional<ProcessMark> heard = hooked.client(id);
        Long panePid = agent.panePid();
        if (agent.agent().capability() != Capability.CLAUDE
                || panePid == null
                || !host.equals(Optional.of(agent.agent().pane().container()))
                || heard.filter(records::isRunning).isPresent()) {
            return heard;
        }
        ProcessMark known = found.get(id);
        if (known == null || !records.isRunning(known)) {
            records.client(panePid).ifPresent(client -> found.put(id, client));
        }
        return Optional.ofNullable(found.get(id)).or(() -> heard);
    }

    private void lookAt(AgentId id) {
        AgentListing agent = present.get(id);
        if (agent == null) {
            return;
        }
        Capability capability = agent.agent().capability();
        PaneKey pane = agent.agent().pane();
        String name = agent.containerName() == null ? pane.container().value() : agent.containerName();
        Reading told = idle.get(id);
        Instant at = clock.instant();
        Optional<Screen> screen = screens.read(BenchTarget.of(pane.container(), name, "", agent.containerUser()), pane);
        Optional<Reading> shown =
                screen.flatMap(seen -> ClientScreen.reading(capability, seen)).map(ScreenReading::reading);
        boolean isOther = screen.filter(seen -> !ClientScreen.isForeground(capability, seen))
                .isPresent();
        if (told != null) {
            idle.remove(id, told);
            shown = shown.or(() -> isOther ? Optional.empty() : Optional.of(told));
        }
        shown.filter(reading -> isCredible(agent, reading)).ifPresent(reading -> states.take(id, reading, at));
    }

    /** Whether a screen does not contradict the record, which tells more, but not of failures. */
    private boolean isCredible(AgentListing agent, Reading shown) {
        Optional<AgentState> recorded = client(agent)
                .flatMap(client -> records.read(agent.agent().capability(), client))
                .map(Reading::state);
        return recorded.filter(state ->
                        state != shown.state() && !(state == AgentState.IDLE && shown.state() == AgentState.ERROR))
                .isEmpty();
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
                    readTitle(listing, pane);
                }
            }
        } catch (StorageException e) {
            LOG.warn("the titles of agents could not be read: {}", e.getMessage());
        }
    }

    private void readTitle(AgentListing agent, Pane pane) {
        TerminalTitle.reading(agent.agent().capability(), pane.currentCommand(), pane.title())
                .ifPresent(reading -> IsoTimes.parse(pane.lastScannedAt()).ifPresent(at -> {
                    take(agent.agent().id(), reading, at);
                    expect(agent);
                }));
    }

    private List<AgentListing> active() {
        return stores.agents().list(new AgentFilter(List.of(), null, true, null));
    }
}
