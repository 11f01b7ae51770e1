/**
 * Readiness, hints, the dashboard and the one recommended next action.
 */
@NullMarked
package dev.agenttower.core.health;

import org.jspecify.annotations.NullMarked;
