/**
 * Routes: rules that make prompts of events. A {@link dev.agenttower.core.route.RouteWorker} follows the stored events; of each event that a route
 * selects it makes at most one message of the queue, sent in the name of a master.
 */
@NullMarked
package dev.agenttower.core.route;

import org.jspecify.annotations.NullMarked;
