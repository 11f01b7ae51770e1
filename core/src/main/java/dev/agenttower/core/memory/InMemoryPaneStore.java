package dev.agenttower.core.memory;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneMoves;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.PaneStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored panes, in memory. */
final class InMemoryPaneStore implements PaneStore {
    /** Active ones first, then by key. */
    static final Comparator<Pane> LISTING =
            Comparator.comparing(Pane::active).reversed().thenComparing(Pane::key, Order.PANE_KEY);

    private final InMemoryTables tables;

    InMemoryPaneStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<Pane> list(PaneFilter filter) {
        Rows rows = tables.read();
        return rows.panes.values().stream()
                .filter(pane -> pane.active() || !filter.activeOnly())
                .filter(rows.ofContainer(filter.container(), filter.isContainerId()))
                .sorted(LISTING)
                .toList();
    }

    @Override
    public List<KnownPane> known(ContainerId bench) {
        return tables.read().known(Set.of(bench));
    }

    @Override
    public List<BenchContainer> activeBenches(@Nullable ContainerId only) {
        return tables.read().containers.values().stream()
                .filter(BenchContainer::active)
                .filter(container -> only == null || container.id().equals(only))
                .sorted(Comparator.comparing(container -> container.id().value(), Order.TEXT))
                .toList();
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return tables.write(rows -> work.apply(new Transaction(rows)));
    }

    private record Transaction(Rows rows) implements Writes {
        @Override
        public Set<ContainerId> inactiveAmong(Set<ContainerId> containers) {
            return containers.stream()
                    .filter(Predicate.not(rows::isContainerActive))
                    .collect(Collectors.toSet());
        }

        @Override
        public Set<ContainerId> inactiveWithPanes(@Nullable ContainerId only) {
            return rows.panes.keySet().stream()
                    .map(PaneKey::container)
                    .filter(id -> only == null || id.equals(only))
                    .filter(id -> rows.containers.containsKey(id) && !rows.isContainerActive(id))
                    .collect(Collectors.toSet());
        }

        @Override
        public List<KnownPane> panesOf(Set<ContainerId> containers) {
            return rows.known(containers);
        }

        @Override
        public void move(PaneMoves moves) {
            move(rows.panes, moves, Transaction::at);
            move(rows.paneIdentities, moves, (identity, address) -> identity);
            Map<PaneKey, AgentRow> agents = new LinkedHashMap<>();
            rows.agents.values().forEach(agent -> agents.put(agent.pane(), agent));
            move(agents, moves, AgentRow::at);
            agents.values().forEach(agent -> rows.agents.put(agent.agentId(), agent));
            rows.logAttachments.replaceAll((id, log) -> {
                AgentRow agent = rows.agents.get(log.agent().value());
                return agent == null ? log : log.at(agent.pane());
            });
        }

        private static <V> void move(Map<PaneKey, V> table, PaneMoves moves, BiFunction<V, PaneKey, V> at) {
            Map<PaneKey, V> moving = new LinkedHashMap<>();
            moves.targets().forEach((from, to) -> {
                V row = table.remove(from);
                if (row != null) {
                    moving.put(to, at.apply(row, to));
                }
            });
            for (PaneKey to : moving.keySet()) {
                moves.leftFor(to).ifPresent(free -> {
                    V displaced = table.remove(to);
                    if (displaced != null) {
                        table.put(free, at.apply(displaced, free));
                    }
                });
            }
            table.putAll(moving);
        }

        @Override
        public void identify(Map<PaneKey, PaneIdentity> identities) {
            rows.paneIdentities.putAll(identities);
        }

        @Override
        public void upsert(Collection<Pane> panes) {
            for (Pane pane : panes) {
                rows.panes.merge(pane.key(), pane, (known, seen) -> withTimes(seen, known.firstSeenAt()));
            }
        }

        @Override
        public void touch(Collection<PaneKey> panes, String at) {
            panes.forEach(key -> rows.panes.computeIfPresent(key, (k, pane) -> scanned(pane, pane.active(), at)));
        }

        @Override
        public void deactivate(Collection<PaneKey> panes, String at) {
            panes.forEach(key -> rows.panes.computeIfPresent(key, (k, pane) -> scanned(pane, false, at)));
            Set<PaneKey> gone = new HashSet<>(panes);
            rows.agents.replaceAll((id, agent) -> gone.contains(agent.pane()) ? agent.inactive() : agent);
        }

        @Override
        public void markAgentsSeen(Collection<PaneKey> panes, String at) {
            Set<PaneKey> seen = new HashSet<>(panes);
            rows.agents.replaceAll((id, agent) -> seen.contains(agent.pane()) ? agent.seenAt(at) : agent);
        }

        @Override
        public List<StaleAttachment> staleAttachments(Collection<PaneKey> panes, String at) {
            Set<PaneKey> gone = new HashSet<>(panes);
            List<LogAttachment> affected = rows.logAttachments.values().stream()
                    .filter(row -> row.isActive() && gone.contains(row.pane()))
                    .sorted(Comparator.comparing(LogAttachment::id, Order.TEXT))
                    .toList();
            affected.forEach(row -> rows.logAttachments.put(row.id(), row.with(AttachmentStatus.STALE, at)));
            return affected.stream()
                    .map(row -> new StaleAttachment(
                            row.id(),
                            row.agent().value(),
                            row.logPath(),
                            row.priorPipeTarget(),
                            row.source().wire()))
                    .toList();
        }

        @Override
        public void insertScan(PaneScan scan, boolean withDetails) {
            rows.paneScans.add(new StoredPaneScan(scan, withDetails));
        }

        private static Pane at(Pane pane, PaneKey address) {
            return copy(address, pane, pane.active(), pane.firstSeenAt(), pane.lastScannedAt());
        }

        private static Pane withTimes(Pane pane, String firstSeenAt) {
            return copy(pane.key(), pane, pane.active(), firstSeenAt, pane.lastScannedAt());
        }

        private static Pane scanned(Pane pane, boolean active, String at) {
            return copy(pane.key(), pane, active, pane.firstSeenAt(), at);
        }

        private static Pane copy(PaneKey key, Pane pane, boolean active, String firstSeenAt, String lastScannedAt) {
            return new Pane(
                    key,
                    pane.containerName(),
                    pane.containerUser(),
                    pane.pid(),
                    pane.tty(),
                    pane.currentCommand(),
                    pane.currentPath(),
                    pane.title(),
                    pane.focused(),
                    active,
                    firstSeenAt,
                    lastScannedAt);
        }
    }
}
