/** The commands that register, list and change agents. */
@NullMarked
package dev.agenttower.cli.agent;

import org.jspecify.annotations.NullMarked;
