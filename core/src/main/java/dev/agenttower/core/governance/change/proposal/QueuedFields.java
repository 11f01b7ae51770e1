package dev.agenttower.core.governance.change.proposal;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a queued request. Short fields are kept in memory; the others, mainly the payload, are read from the queue on each access.
 * Immutable. Thread-safe.
 */
public final class QueuedFields extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> atHand;
    private final Set<String> keys;
    private final long bytes;
    private final Supplier<Map<String, @Nullable Object>> whole;

    /**
     * Fields of a queue.
     *
     * @param atHand the fields kept in memory
     * @param keys the names of all fields
     * @param bytes the size of the stored entry
     * @param whole reads all fields
     */
    public QueuedFields(
            Map<String, @Nullable Object> atHand,
            Set<String> keys,
            long bytes,
            Supplier<Map<String, @Nullable Object>> whole) {
        this.atHand = atHand;
        this.keys = Set.copyOf(keys);
        this.bytes = bytes;
        this.whole = whole;
    }

    /** The size of the stored entry in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The fields kept in memory, in order. */
    Map<String, @Nullable Object> atHand() {
        return Collections.unmodifiableMap(atHand);
    }

    /** Whether all fields except the named ones are kept in memory. */
    boolean areAtHandBut(List<String> names) {
        return keys.stream().allMatch(key -> atHand.containsKey(key) || names.contains(key));
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return atHand.containsKey(key) || !containsKey(key)
                ? atHand.get(key)
                : whole.get().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && keys.contains(key);
    }

    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return whole.get().entrySet();
    }
}
