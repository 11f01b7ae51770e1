package dev.agenttower.core.memory;

import dev.agenttower.core.health.WaitingWork;
import dev.agenttower.core.log.LogAttachment;

/** The waiting work, in memory. */
final class InMemoryWaitingWork implements WaitingWork {
    private final InMemoryTables tables;

    InMemoryWaitingWork(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public long queuedMessages() {
        return tables.read().messages.values().stream()
                .filter(message -> message.state().equals("queued"))
                .count();
    }

    @Override
    public long activeLogAttachments() {
        return tables.read().logAttachments.values().stream()
                .filter(LogAttachment::isActive)
                .count();
    }
}
