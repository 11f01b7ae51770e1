package dev.agenttower.client.governance.role;

import com.fasterxml.jackson.databind.JsonNode;

/** A running session of an agent. */
public record AgentSession(String id, String agent, String role, String specId, String startedAt, JsonNode json) {}
