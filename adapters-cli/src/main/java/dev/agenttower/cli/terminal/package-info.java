/**
 * The terminal of a person: its presence, the width of text, and which text may be sent to it.
 */
@NullMarked
package dev.agenttower.cli.terminal;

import org.jspecify.annotations.NullMarked;
