package dev.agenttower.cli.dashboard;

/**
 * An event of an agent.
 *
 * @param id its number
 * @param observedAt UTC, ISO 8601
 * @param agentId the id of the agent
 * @param agent the label of the agent, or its id
 */
record SeenEvent(long id, String observedAt, String agentId, String agent, String type, String excerpt) {}
