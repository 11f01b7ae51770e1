/** The clients of agents, and how their hooks describe tool calls. A new client is one class here, listed in {@code AgentClients}. */
@NullMarked
package dev.agenttower.http.hook;

import org.jspecify.annotations.NullMarked;
