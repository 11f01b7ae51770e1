/** Bounding and cleaning of external text: names, titles, messages. */
@NullMarked
package dev.agenttower.core.text;

import org.jspecify.annotations.NullMarked;
