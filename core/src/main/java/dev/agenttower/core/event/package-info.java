/**
 * Events: what the output of agents means. {@link dev.agenttower.core.event.EventClassifier} judges one record of a log. How logs come about
 * is not its matter.
 */
@NullMarked
package dev.agenttower.core.event;

import org.jspecify.annotations.NullMarked;
