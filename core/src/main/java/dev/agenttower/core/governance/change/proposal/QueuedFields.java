package dev.agenttower.core.governance.change.proposal;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request that stands in a queue. The short ones are at hand; the others, what is proposed above all, are read each time they are
 * asked for, and not kept. Cannot be changed. Thread-safe.
 */
public final class QueuedFields extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> atHand;
    private final Set<String> keys;
    private final long bytes;
    private final Supplier<Map<String, @Nullable Object>> whole;

    /**
     * Fields of a queue.
     *
     * @param atHand those that are kept
     * @param keys the names of all of them
     * @param bytes how long the entry is in the queue
     * @param whole reads all of them
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

    /** How long the entry is in the queue. */
    public long bytes() {
        return bytes;
    }

    /** The fields that are kept, in their order. */
    Map<String, @Nullable Object> atHand() {
        return Collections.unmodifiableMap(atHand);
    }

    /** Whether all fields are kept but for some. */
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
