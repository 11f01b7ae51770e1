/** The commands that scan for and list benches and their panes. */
@NullMarked
package dev.agenttower.cli.bench;

import org.jspecify.annotations.NullMarked;
