package dev.agenttower.core.queue;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.QueuedMessage;
import org.jspecify.annotations.Nullable;

/** The rules who may send to whom. The first rule that a message breaks is the reason why it is blocked. */
final class PermissionGate {
    private PermissionGate() {}

    /** Why a new message is blocked; null if it may be delivered. */
    static @Nullable BlockReason onSending(Actor sender, Agent target, MessageStore.Writes store) {
        if (!store.routing().enabled()) {
            return BlockReason.KILL_SWITCH_OFF;
        }
        if (!sender.isMaster()) {
            return BlockReason.SENDER_ROLE_NOT_PERMITTED;
        }
        if (!target.active()) {
            return BlockReason.TARGET_NOT_ACTIVE;
        }
        if (!mayReceive(target)) {
            return BlockReason.TARGET_ROLE_NOT_PERMITTED;
        }
        if (!store.isContainerActive(target.pane().container())) {
            return BlockReason.TARGET_CONTAINER_INACTIVE;
        }
        return store.isPaneActive(target.pane().container(), target.pane().paneId())
                ? null
                : BlockReason.TARGET_PANE_MISSING;
    }

    /** Why a queued message must not be delivered now; null if it may. Compares the target with what it was when the message was sent. */
    static @Nullable BlockReason onDelivery(
            QueuedMessage message, @Nullable TypingTarget pane, MessageStore.Writes store) {
        Agent target = store.agent(new AgentId(message.target().agentId())).orElse(null);
        if (target == null) {
            return BlockReason.TARGET_NOT_ACTIVE;
        }
        if (!store.routing().enabled()) {
            return BlockReason.KILL_SWITCH_OFF;
        }
        if (!target.active()) {
            return BlockReason.TARGET_NOT_ACTIVE;
        }
        if (!mayReceive(target)) {
            return BlockReason.TARGET_ROLE_NOT_PERMITTED;
        }
        if (!store.isContainerActive(message.targetContainer())) {
            return BlockReason.TARGET_CONTAINER_INACTIVE;
        }
        boolean isSamePane = pane != null
                && pane.pane().container().equals(message.targetContainer())
                && pane.pane().paneId().equals(message.targetPaneId());
        return isSamePane ? null : BlockReason.TARGET_PANE_MISSING;
    }

    private static boolean mayReceive(Agent target) {
        return target.role() == Role.SLAVE || target.role() == Role.SWARM;
    }
}
