/**
 * Events: what the output of agents means. {@link dev.agenttower.core.event.EventClassifier} judges one record of a log, {@link
 * dev.agenttower.core.event.EventReader} reads the attached logs and stores what it finds, {@link
 * dev.agenttower.core.event.EventFollowing} lets clients follow. How logs come about is not its matter.
 */
@NullMarked
package dev.agenttower.core.event;

import org.jspecify.annotations.NullMarked;
