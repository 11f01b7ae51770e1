/** Commands of routes, which make prompts of events. */
@NullMarked
package dev.agenttower.cli.route;

import org.jspecify.annotations.NullMarked;
