/** Commands for the logs of agents. */
@NullMarked
package dev.agenttower.cli.log;

import org.jspecify.annotations.NullMarked;
