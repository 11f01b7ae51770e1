/** {@code agenttower run}: a program as an agent, in a pane, with a role, for as long as it runs. */
@NullMarked
package dev.agenttower.cli.run;

import org.jspecify.annotations.NullMarked;
