/** Messages of the prompt queue: their values, and the state machine of their progress. */
@NullMarked
package dev.agenttower.core.queue.message;

import org.jspecify.annotations.NullMarked;
