/** The commands that make panes agents, and list and change agents. */
@NullMarked
package dev.agenttower.cli.agent;

import org.jspecify.annotations.NullMarked;
