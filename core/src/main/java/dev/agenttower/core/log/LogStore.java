package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The stored log attachments. An implementation must show writes of other processes at once, show only committed rows, and be thread-safe. */
public interface LogStore {
    /** The attachment of an agent whose status was set last, of any status. */
    Optional<LogAttachment> newest(AgentId agent);

    /** How far a log was read. */
    Optional<LogOffset> offset(AgentId agent, String logPath);

    /** The active attachments, by id. */
    List<LogAttachment> active();

    /** The agent that is recorded in this file now. */
    Optional<AgentId> userOf(String logPath);

    /**
     * Runs {@code work} in one write transaction and commits it; an exception of {@code work} rolls back and propagates.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    <T> T write(Function<Writes, T> work);

    /** The operations within a transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** The operations on agents in the same transaction. */
        AgentStore.Writes agents();

        /** See {@link LogStore#newest}. */
        Optional<LogAttachment> newest(AgentId agent);

        /** The newest attachment of an agent to this file. */
        Optional<LogAttachment> newest(AgentId agent, String logPath);

        /** See {@link LogStore#userOf}. */
        Optional<AgentId> userOf(String logPath);

        /** Whether an attachment has this id. */
        boolean exists(String attachmentId);

        /** Stores a new attachment. */
        void insert(LogAttachment attachment);

        /** Replaces status, its time and the successor of a stored attachment. */
        void update(LogAttachment attachment);

        /** See {@link LogStore#offset}. */
        Optional<LogOffset> offset(AgentId agent, String logPath);

        /** Stores how far a log was read, in place of what is stored. */
        void put(LogOffset offset);
    }
}
