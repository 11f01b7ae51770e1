/**
 * What reaches a person's terminal: whether there is one, how wide text is on it, and what text may be sent to it.
 */
@NullMarked
package dev.agenttower.cli.terminal;

import org.jspecify.annotations.NullMarked;
