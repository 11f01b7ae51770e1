package dev.agenttower.core.page;

/** Which end of an order comes first. */
public enum Direction {
    /** Smallest first, nulls last. */
    ASC,
    /** The exact reverse of {@link #ASC}. */
    DESC
}
