/** Tests of queue. */
@NullMarked
package dev.agenttower.core.queue;

import org.jspecify.annotations.NullMarked;
