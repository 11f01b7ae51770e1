/**
 * What a person sees of the tower: {@link dev.agenttower.cli.dashboard.SnapshotReader} asks the daemon,
 * {@link dev.agenttower.cli.dashboard.DashboardView} lays it out. Nothing from a pane reaches the terminal unescaped.
 */
@NullMarked
package dev.agenttower.cli.dashboard;

import org.jspecify.annotations.NullMarked;
