package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.governance.RecordTimestamps;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates event ids: {@code evt_<date>_<time>_<milliseconds>_<first ten characters of a tag>_<tail>}.
 *
 * <p>The tail is a counter that starts at a seed and is spread over 40 bits, so that ids of one millisecond differ, whether they come from one
 * process or, with a random seed in each, from several. Thread-safe.
 */
public final class EventIds {
    private static final int TAG_LENGTH = 10;
    private static final long TAIL_MASK = (1L << 40) - 1;
    /** Odd, so that multiplying by it maps 40-bit numbers one to one. */
    private static final long SPREAD = 0x9E3779B97FL;

    private final AtomicLong counter;

    /**
     * Ids that start at a seed.
     *
     * @param seed where the counter begins; random in each process
     */
    public EventIds(long seed) {
        this.counter = new AtomicLong(seed);
    }

    /** The next id. */
    public String next(Instant now, String tag) {
        long tail = (counter.getAndIncrement() * SPREAD) & TAIL_MASK;
        String shortTag = tag.length() > TAG_LENGTH ? tag.substring(0, TAG_LENGTH) : tag;
        String hex = Long.toHexString(tail);
        return "evt_" + RecordTimestamps.idMillis(now) + "_" + shortTag + "_" + "0".repeat(10 - hex.length()) + hex;
    }
}
