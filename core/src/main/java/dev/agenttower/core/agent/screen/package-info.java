/**
 * What the terminals of Claude Code, Gemini CLI and Codex show of their state: {@link dev.agenttower.core.agent.screen.ClientScreen}. Knows the
 * looks of these clients, and neither tmux nor processes.
 */
@NullMarked
package dev.agenttower.core.agent.screen;

import org.jspecify.annotations.NullMarked;
