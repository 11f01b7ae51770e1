package dev.agenttower.core.event;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored events. An implementation must show writes of other processes at once, and be thread-safe.
 *
 * <p>Every method throws {@link dev.agenttower.core.failure.StorageException} if the store cannot be read or written.
 */
public interface EventStore {
    /**
     * Events by time, byte and id.
     *
     * @param after the place before the first one; null is the beginning
     * @param isReversed the latest first; {@code after} then stands behind what is wanted
     * @param limit the most events, at least 1
     */
    List<Event> list(EventQuery query, @Nullable EventPosition after, boolean isReversed, int limit);

    /** Events with ids greater than {@code after}, by id. */
    List<Event> following(EventQuery query, long after, int limit);

    /**
     * The newest event of each active agent: of its twenty with the greatest ids the last one in the order of {@link #list}, since what is
     * collected for a while gets its id late. In any order; agents without events are left out.
     */
    List<Event> latest();

    /** Stores an event that belongs to no log; returns it with its id, which is greater than those before. */
    Event append(Event event);

    /** The greatest id of the table, records of the queue included; 0 if it is empty. */
    long lastId();

    /** Events that are not marked as appended to the audit trail, by id. */
    List<Event> unappended(int limit);

    /** The number of those. */
    long countUnappended();

    /** Marks events as appended, except those that are marked already. */
    void markAppended(Collection<Long> ids, String at);
}
