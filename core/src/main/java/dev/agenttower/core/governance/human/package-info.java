/**
 * Tells a human in front of a terminal from the agents that run as the same user, for what only a human may do.
 *
 * <p>{@link dev.agenttower.core.governance.human.HumanGate} is the entry. It knows nothing of what is asked for.
 */
@NullMarked
package dev.agenttower.core.governance.human;

import org.jspecify.annotations.NullMarked;
