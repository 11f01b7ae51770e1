package dev.agenttower.core.queue.message;

/**
 * The latest decision of an operator about a message.
 *
 * @param at when, UTC with three digits of fraction
 * @param by the id of an agent, or {@link Actor#HOST_OPERATOR}
 */
public record OperatorDecision(OperatorAction action, String at, String by) {}
