package dev.agenttower.client.governance.role;

import com.fasterxml.jackson.databind.JsonNode;

/** A session of an agent that has begun and not ended. */
public record AgentSession(String id, String agent, String role, String specId, String startedAt, JsonNode json) {}
