/**
 * The text forms of instants. The clock itself is injected as {@link java.time.InstantSource}.
 */
@NullMarked
package dev.agenttower.core.time;

import org.jspecify.annotations.NullMarked;
