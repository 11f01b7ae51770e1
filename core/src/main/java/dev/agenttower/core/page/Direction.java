package dev.agenttower.core.page;

/** The direction of an order. */
public enum Direction {
    /** Smallest first, nulls last. */
    ASC,
    /** The exact reverse of {@link #ASC}. */
    DESC
}
