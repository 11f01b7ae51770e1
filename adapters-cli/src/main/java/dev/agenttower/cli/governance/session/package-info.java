/** The commands {@code agenttower session ...}: agents at work. */
@NullMarked
package dev.agenttower.cli.governance.session;

import org.jspecify.annotations.NullMarked;
