/**
 * Tool calls of agents, judged before their client makes them: {@link dev.agenttower.core.governance.hook.ToolJudgement}. How a client
 * describes a call is known to its {@link dev.agenttower.core.governance.hook.AgentClient}.
 */
@NullMarked
package dev.agenttower.core.governance.hook;

import org.jspecify.annotations.NullMarked;
