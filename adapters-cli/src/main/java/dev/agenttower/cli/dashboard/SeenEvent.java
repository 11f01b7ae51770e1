package dev.agenttower.cli.dashboard;

/**
 * An event of an agent.
 *
 * @param observedAt UTC, ISO 8601
 * @param agent the label of the agent, or its id
 */
record SeenEvent(String observedAt, String agent, String type, String excerpt) {}
