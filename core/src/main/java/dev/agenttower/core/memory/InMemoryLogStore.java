package dev.agenttower.core.memory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.core.memory.Rows.LogRead;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The stored log attachments, in memory. */
final class InMemoryLogStore implements LogStore {
    private static final Comparator<LogAttachment> AGE = Comparator.comparing(LogAttachment::lastStatusAt, Order.TEXT)
            .thenComparing(LogAttachment::createdAt, Order.TEXT)
            .thenComparing(LogAttachment::id, Order.TEXT);

    private final InMemoryTables tables;

    InMemoryLogStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<LogAttachment> newest(AgentId agent) {
        return new Transaction(tables.read()).newest(agent);
    }

    @Override
    public Optional<LogOffset> offset(AgentId agent, String logPath) {
        return new Transaction(tables.read()).offset(agent, logPath);
    }

    @Override
    public Optional<AgentId> userOf(String logPath) {
        return new Transaction(tables.read()).userOf(logPath);
    }

    @Override
    public List<LogAttachment> active() {
        return tables.read().logAttachments.values().stream()
                .filter(LogAttachment::isActive)
                .sorted(Comparator.comparing(LogAttachment::id, Order.TEXT))
                .toList();
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return tables.write(rows -> work.apply(new Transaction(rows)));
    }

    private record Transaction(Rows rows) implements Writes {
        @Override
        public AgentStore.Writes agents() {
            return new InMemoryAgentStore.Transaction(rows);
        }

        @Override
        public Optional<LogAttachment> newest(AgentId agent) {
            return of(agent).max(AGE);
        }

        @Override
        public Optional<LogAttachment> newest(AgentId agent, String logPath) {
            return of(agent).filter(log -> log.logPath().equals(logPath)).max(AGE);
        }

        private Stream<LogAttachment> of(AgentId agent) {
            return rows.logAttachments.values().stream()
                    .filter(log -> log.agent().equals(agent));
        }

        @Override
        public Optional<AgentId> userOf(String logPath) {
            return rows.logAttachments.values().stream()
                    .filter(log -> log.isActive() && log.logPath().equals(logPath))
                    .map(LogAttachment::agent)
                    .findFirst();
        }

        @Override
        public boolean exists(String attachmentId) {
            return rows.logAttachments.containsKey(attachmentId);
        }

        @Override
        public void insert(LogAttachment attachment) {
            if (exists(attachment.id())) {
                throw taken("attachment id '" + attachment.id() + "' is taken");
            }
            requireFree(attachment);
            rows.logAttachments.put(attachment.id(), attachment);
        }

        @Override
        public void update(LogAttachment attachment) {
            requireFree(attachment);
            rows.logAttachments.put(attachment.id(), attachment);
        }

        private void requireFree(LogAttachment attachment) {
            boolean isTaken = attachment.isActive()
                    && rows.logAttachments.values().stream()
                            .anyMatch(other -> other.isActive()
                                    && other.logPath().equals(attachment.logPath())
                                    && !other.id().equals(attachment.id()));
            if (isTaken) {
                throw taken("log path '" + attachment.logPath() + "' has an active attachment");
            }
        }

        private static StorageException taken(String message) {
            return new StorageException(message, new IllegalStateException("unique"));
        }

        @Override
        public Optional<LogOffset> offset(AgentId agent, String logPath) {
            return Optional.ofNullable(rows.logOffsets.get(new LogRead(agent, logPath)));
        }

        @Override
        public void put(LogOffset offset) {
            rows.logOffsets.put(new LogRead(offset.agent(), offset.logPath()), offset);
        }
    }
}
