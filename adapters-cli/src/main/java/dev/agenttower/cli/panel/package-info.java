/** {@code agenttower panel}: starts and stops the web panel. */
@NullMarked
package dev.agenttower.cli.panel;

import org.jspecify.annotations.NullMarked;
