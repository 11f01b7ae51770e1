/**
 * Bounding and cleaning of text that comes from outside: names, titles, messages.
 */
@NullMarked
package dev.agenttower.core.text;

import org.jspecify.annotations.NullMarked;
