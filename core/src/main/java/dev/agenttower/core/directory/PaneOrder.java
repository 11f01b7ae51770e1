package dev.agenttower.core.directory;

/** By what panes are sorted. */
public enum PaneOrder {
    /** By container name, session name, window index and pane index. */
    DEFAULT,
    /** By the time of the first scan that saw it. */
    DISCOVERED_AT,
    /** By the time of the last scan that wrote it. */
    LAST_SEEN_AT
}
