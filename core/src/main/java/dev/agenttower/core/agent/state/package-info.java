/**
 * What agents do at present: {@link dev.agenttower.core.agent.state.AgentStates}. Hooks of their clients are heard first, then what a client
 * itself keeps or shows is read. Knows neither clients nor processes.
 */
@NullMarked
package dev.agenttower.core.agent.state;

import org.jspecify.annotations.NullMarked;
