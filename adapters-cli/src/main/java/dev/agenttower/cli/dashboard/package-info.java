/**
 * The tower's state for a person: {@link dev.agenttower.cli.dashboard.SnapshotReader} reads it from the daemon, {@link
 * dev.agenttower.cli.dashboard.DashboardView} formats it. No text from a pane reaches the terminal unescaped.
 */
@NullMarked
package dev.agenttower.cli.dashboard;

import org.jspecify.annotations.NullMarked;
