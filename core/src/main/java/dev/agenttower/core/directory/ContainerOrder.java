package dev.agenttower.core.directory;

/** By what benches are sorted. */
public enum ContainerOrder {
    /** By name. */
    NAME,
    /** By the time of the first scan that saw it. */
    FIRST_SEEN_AT,
    /** By the time of the last scan that wrote it. */
    LAST_SCANNED_AT
}
