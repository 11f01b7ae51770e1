package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a chain line by line and collects the errors. Not thread-safe.
 *
 * <p>A line that cannot be read leaves open what the next one must be bound to, so it counts as one error and not two.
 */
public final class ChainCheck {
    private static final int MAX_ERRORS = 10_000;

    private final List<String> errors = new ArrayList<>();
    private String expected = LedgerChain.GENESIS;
    private long events;
    private long faults;
    private long firstBadLine;

    /** A check that starts at the first event of a chain. */
    public ChainCheck() {}

    /**
     * Takes the next event.
     *
     * @param line its number, from 1
     * @param previous its {@code prev_hash}, of any type
     * @param hash its {@code hash}, of any type
     * @param computed the hash that {@link LedgerChain#hash} gives for it and its own {@code prev_hash}
     */
    public void event(long line, @Nullable Object previous, @Nullable Object hash, String computed) {
        events++;
        if (!expected.equals(previous)) {
            report(line, "Broken chain link (expected prev_hash " + expected + ")");
        }
        if (!computed.equals(hash)) {
            report(line, "Invalid hash (expected " + computed + ")");
        }
        expected = hash instanceof String text ? text : "";
    }

    /** Takes the next event and computes its hash. */
    public void event(long line, Map<String, ? extends @Nullable Object> event) {
        event(line, event.get("prev_hash"), event.get("hash"), LedgerChain.hash(previous(event), event));
    }

    /** The {@code prev_hash} that an event carries, or an empty text. */
    public static String previous(Map<String, ? extends @Nullable Object> event) {
        return JsonFields.text(event, "prev_hash");
    }

    /** Takes a line that is not a JSON object. */
    public void unreadable(long line) {
        report(line, "Invalid JSON");
    }

    /** Records a line in a form that no ledger writer produces: a byte not covered by the hash was changed. */
    public void altered(long line) {
        report(line, "Altered form (the line is not as it was written)");
    }

    /** The result so far. */
    public Integrity result() {
        return new Integrity(faults == 0, errors, events, faults, firstBadLine);
    }

    private void report(long line, String error) {
        if (faults++ == 0) {
            firstBadLine = line;
        }
        if (errors.size() < MAX_ERRORS) {
            errors.add("Line " + line + ": " + error);
        }
    }
}
