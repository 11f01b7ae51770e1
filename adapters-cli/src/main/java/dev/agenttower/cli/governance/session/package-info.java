/** The commands {@code agenttower session ...}: sessions of agents. */
@NullMarked
package dev.agenttower.cli.governance.session;

import org.jspecify.annotations.NullMarked;
