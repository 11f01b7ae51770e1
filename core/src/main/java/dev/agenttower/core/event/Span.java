package dev.agenttower.core.event;

/** A range of bytes or lines of a log: from {@code start}, below {@code end}. */
public record Span(long start, long end) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if it is negative or ends before its start
     */
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span from " + start + " to " + end);
        }
    }
}
