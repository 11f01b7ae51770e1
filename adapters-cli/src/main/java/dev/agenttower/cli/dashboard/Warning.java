package dev.agenttower.cli.dashboard;

/**
 * What calls for a person.
 *
 * @param text one line
 * @param agentId the agent that it is about; empty if it is about none
 */
record Warning(String text, String agentId) {}
