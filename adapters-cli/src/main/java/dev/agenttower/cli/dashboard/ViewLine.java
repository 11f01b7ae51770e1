package dev.agenttower.cli.dashboard;

import java.util.Optional;

/**
 * One line of the dashboard.
 *
 * @param text with the codes of its style
 * @param name what it is about, the same in each snapshot; empty if it cannot be selected
 * @param pane where it leads
 */
record ViewLine(String text, String name, Optional<BenchPane> pane) {}
