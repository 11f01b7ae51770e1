/**
 * Distinguishes a human at a terminal from the agents that run as the same user, for operations reserved to humans.
 *
 * <p>{@link dev.agenttower.core.governance.human.HumanGate} is the entry. It is independent of the requested operation.
 */
@NullMarked
package dev.agenttower.core.governance.human;

import org.jspecify.annotations.NullMarked;
