package dev.agenttower.client.governance.human;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon takes a process for.
 *
 * @param isHuman whether it has the rights of a human
 * @param humanReason why not, such as {@code agent_process}; null for a human
 * @param asksPassphrase whether an operator passphrase is also required
 * @param explanation one sentence for a person
 */
public record ProcessIdentity(
        boolean isHuman, @Nullable String humanReason, boolean asksPassphrase, String explanation, JsonNode json) {}
