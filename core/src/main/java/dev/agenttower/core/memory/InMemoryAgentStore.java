package dev.agenttower.core.memory;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AdoptablePane;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored agents, in memory. */
final class InMemoryAgentStore implements AgentStore {
    private static final Comparator<AgentRow> LISTING = Comparator.comparing(AgentRow::active)
            .reversed()
            .thenComparing(row -> row.pane().container().value(), Order.TEXT)
            .thenComparing(AgentRow::parentAgentId, Comparator.nullsFirst(Order.TEXT))
            .thenComparing(AgentRow::label, Order.TEXT)
            .thenComparing(AgentRow::agentId, Order.TEXT);

    private final InMemoryTables tables;

    InMemoryAgentStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<AgentListing> list(AgentFilter filter) {
        Rows rows = tables.read();
        Set<String> roles = filter.roles().stream().map(Role::wire).collect(Collectors.toSet());
        AgentId parent = filter.parent();
        return rows.agents.values().stream()
                .filter(row -> roles.isEmpty() || roles.contains(row.role()))
                .filter(row -> isIn(filter.containerId(), row))
                .filter(row -> row.active() || !filter.activeOnly())
                .filter(row -> parent == null || parent.value().equals(row.parentAgentId()))
                .sorted(LISTING)
                .map(row -> listing(rows, row))
                .toList();
    }

    @Override
    public Optional<AgentListing> find(AgentId id) {
        Rows rows = tables.read();
        return Optional.ofNullable(rows.agents.get(id.value())).map(row -> listing(rows, row));
    }

    @Override
    public List<AdoptablePane> adoptablePanes() {
        Rows rows = tables.read();
        return rows.panes.values().stream()
                .filter(pane -> rows.isAdoptable(pane.key()))
                .sorted(Comparator.comparing(Pane::key, Order.PANE_KEY))
                .map(pane -> new AdoptablePane(
                        pane.key(),
                        requireNonNull(rows.containers.get(pane.key().container()))
                                .name()))
                .toList();
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return tables.write(rows -> work.apply(new Transaction(rows)));
    }

    /** Whether the agent's bench has this id, or an id that begins so. */
    static boolean isIn(@Nullable String containerId, AgentRow row) {
        String actual = row.pane().container().value();
        return containerId == null
                || (containerId.length() < 64 ? actual.startsWith(containerId) : actual.equals(containerId));
    }

    private static AgentListing listing(Rows rows, AgentRow row) {
        BenchContainer container = rows.containers.get(row.pane().container());
        Pane pane = rows.panes.get(row.pane());
        String user = container == null ? null : container.configUser();
        return new AgentListing(
                row.toAgent(),
                container != null ? container.name() : pane != null ? pane.containerName() : null,
                user != null ? user : pane != null ? pane.containerUser() : null,
                pane == null ? null : pane.pid(),
                pane == null ? null : pane.currentPath());
    }

    record Transaction(Rows rows) implements Writes {
        @Override
        public boolean isContainerActive(ContainerId container) {
            return rows.isContainerActive(container);
        }

        @Override
        public boolean isPaneActive(PaneKey pane) {
            return rows.isPaneActive(pane);
        }

        @Override
        public Optional<Agent> findByPane(PaneKey pane) {
            return rows.agentOf(pane).map(AgentRow::toAgent);
        }

        @Override
        public Optional<Agent> findById(AgentId id) {
            return Optional.ofNullable(rows.agents.get(id.value())).map(AgentRow::toAgent);
        }

        @Override
        public List<AgentId> activeWithLabel(String label) {
            return rows.agents.values().stream()
                    .filter(row -> row.active() && row.label().equals(label))
                    .map(AgentRow::agentId)
                    .sorted(Order.TEXT)
                    .map(AgentId::new)
                    .toList();
        }

        @Override
        public void insert(Agent agent) {
            String id = agent.id().value();
            if (rows.agents.containsKey(id)) {
                throw taken("agent id '" + id + "' is taken");
            }
            if (rows.agentOf(agent.pane()).isPresent()) {
                throw taken("pane " + agent.pane() + " has an agent");
            }
            rows.agents.put(id, AgentRow.of(agent));
        }

        @Override
        public void update(Agent agent) {
            rows.agents.computeIfPresent(
                    agent.id().value(),
                    (id, row) -> new AgentRow(
                            id,
                            row.pane(),
                            agent.role().wire(),
                            agent.capability().wire(),
                            agent.label(),
                            agent.projectPath(),
                            row.parentAgentId(),
                            agent.permissionsJson(),
                            row.createdAt(),
                            agent.lastRegisteredAt(),
                            row.lastSeenAt(),
                            agent.active()));
        }

        @Override
        public void remove(AgentId agent) {
            rows.agents.remove(agent.value());
            rows.agentPrograms.remove(agent.value());
            rows.logAttachments.values().removeIf(log -> {
                boolean isIts = log.agent().equals(agent);
                if (isIts) {
                    rows.activityWindows.remove(log.id());
                }
                return isIts;
            });
            rows.logOffsets.keySet().removeIf(read -> read.agent().equals(agent));
        }

        @Override
        public void decline(PaneKey pane) {
            rows.declinedPanes.removeIf(declined -> rows.panes.values().stream()
                    .noneMatch(stored -> stored.active() && declined.equals(rows.itself(stored.key()))));
            if (rows.isPaneActive(pane)) {
                rows.declinedPanes.add(rows.itself(pane));
            }
        }

        @Override
        public boolean isAdoptable(PaneKey pane) {
            return rows.isAdoptable(pane);
        }

        @Override
        public Optional<String> foregroundProgram(PaneKey pane) {
            return Optional.ofNullable(rows.panes.get(pane))
                    .map(Pane::currentCommand)
                    .filter(program -> !program.isEmpty());
        }

        @Override
        public void setProgram(AgentId agent, @Nullable String program) {
            if (program == null) {
                rows.agentPrograms.remove(agent.value());
            } else {
                rows.agentPrograms.put(agent.value(), program);
            }
        }

        private static StorageException taken(String message) {
            return new StorageException(message, new IllegalStateException("unique"));
        }
    }
}
