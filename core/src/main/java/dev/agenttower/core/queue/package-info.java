/**
 * The prompt queue: who may send to whom ({@link dev.agenttower.core.queue.PermissionGate}), the delivery of messages into panes, the kill switch
 * and the audit. It knows no tmux, no database and no protocol. Entry: {@link dev.agenttower.core.queue.PromptQueue}.
 */
@NullMarked
package dev.agenttower.core.queue;

import org.jspecify.annotations.NullMarked;
