package dev.agenttower.core.event;

import org.jspecify.annotations.Nullable;

/**
 * Activity that is collected into one event: a window opens with its first record and takes further ones until it has lasted its time.
 *
 * @param id 12 hexadecimal digits
 * @param latest what the latest record means
 * @param observedAt when the latest record was read
 * @param count the number of records
 * @param bytes from the first record to the end of the latest, like {@code lines}
 * @param startedAt when the first record was read
 */
public record ActivityWindow(
        String id, Classification latest, String observedAt, long count, Span bytes, Span lines, String startedAt) {
    /** This window with one more record, or a new one. */
    static ActivityWindow with(
            @Nullable ActivityWindow open, String newId, Classification found, Span bytes, Span lines, String at) {
        return open == null
                ? new ActivityWindow(newId, found, at, 1, bytes, lines, at)
                : new ActivityWindow(
                        open.id,
                        found,
                        at,
                        open.count + 1,
                        new Span(open.bytes.start(), bytes.end()),
                        new Span(open.lines.start(), lines.end()),
                        open.startedAt);
    }

    /** The event that this window becomes. */
    Event close(AttachedLog log, String at) {
        return Event.of(log, latest, bytes, lines, observedAt, new Event.Debounced(id, count, startedAt, at));
    }
}
