package dev.agenttower.core.memory;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.InspectedContainer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The stored bench containers, in memory. */
final class InMemoryContainerStore implements ContainerStore {
    private static final Comparator<BenchContainer> LISTING = Comparator.comparing(BenchContainer::active)
            .reversed()
            .thenComparing(BenchContainer::lastScannedAt, Order.TEXT.reversed())
            .thenComparing(container -> container.id().value(), Order.TEXT);

    private final InMemoryTables tables;

    InMemoryContainerStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<BenchContainer> list(boolean activeOnly) {
        return tables.read().containers.values().stream()
                .filter(container -> container.active() || !activeOnly)
                .sorted(LISTING)
                .toList();
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return tables.write(rows -> work.apply(new Transaction(rows)));
    }

    private record Transaction(Rows rows) implements Writes {
        @Override
        public Set<ContainerId> known() {
            return new HashSet<>(rows.containers.keySet());
        }

        @Override
        public Set<ContainerId> active() {
            return rows.containers.values().stream()
                    .filter(BenchContainer::active)
                    .map(BenchContainer::id)
                    .collect(Collectors.toSet());
        }

        @Override
        public void upsert(InspectedContainer container, String now) {
            BenchContainer known = rows.containers.get(container.id());
            rows.containers.put(
                    container.id(),
                    new BenchContainer(
                            container.id(),
                            container.name(),
                            container.image(),
                            container.status(),
                            container.labels(),
                            container.mounts(),
                            true,
                            known == null ? now : known.firstSeenAt(),
                            now,
                            container.configUser(),
                            container.workingDir()));
        }

        @Override
        public void touch(Set<ContainerId> containers, String now) {
            replace(containers, container -> scanned(container, container.active(), now));
        }

        @Override
        public void deactivate(Set<ContainerId> containers, String now) {
            replace(containers, container -> scanned(container, false, now));
        }

        @Override
        public void insertScan(ContainerScan scan, boolean withDetails) {
            rows.containerScans.add(new StoredContainerScan(scan, withDetails));
        }

        private void replace(Set<ContainerId> ids, UnaryOperator<BenchContainer> change) {
            ids.forEach(id -> rows.containers.computeIfPresent(id, (key, container) -> change.apply(container)));
        }

        private static BenchContainer scanned(BenchContainer container, boolean active, String now) {
            return new BenchContainer(
                    container.id(),
                    container.name(),
                    container.image(),
                    container.status(),
                    container.labels(),
                    container.mounts(),
                    active,
                    container.firstSeenAt(),
                    now,
                    container.configUser(),
                    container.workingDir());
        }
    }
}
