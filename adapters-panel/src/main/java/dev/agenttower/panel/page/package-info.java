/**
 * What all pages share: their frame, the templates behind them, and how times, paths and texts of agents are shown.
 */
@NullMarked
package dev.agenttower.panel.page;

import org.jspecify.annotations.NullMarked;
