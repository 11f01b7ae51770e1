package dev.agenttower.cli.governance.human;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.human.CallerIdentity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower whoami}. */
@Command(
        name = "whoami",
        description = "show the identity that the daemon assigns to you, and why",
        footer = {"  agenttower whoami", "  ADT_ROLE=Backend_Engineer agenttower whoami --json"})
public final class WhoamiCommand implements Runnable {
    @Mixin
    private Governance governance;

    @Override
    public void run() {
        CallerIdentity identity = governance.ask(client ->
                client.identity(ActorOptions.claimedRole(governance.output().context()), null));
        governance.print(
                identity.json(),
                () -> new Facts()
                        .add("human", identity.isHuman())
                        .add("human_reason", identity.humanReason())
                        .add("passphrase_set", identity.asksPassphrase())
                        .add("project", identity.project())
                        .add("agent", identity.agent())
                        .add("label", identity.json().path("label").textValue())
                        .add("role", identity.role())
                        .add("role_source", identity.roleSource())
                        .add("session_id", identity.sessionId())
                        .add("session_pid", pid(identity))
                        .add("spec_id", identity.specId())
                        .add("explanation", identity.explanation()));
    }

    private static @Nullable String pid(CallerIdentity identity) {
        JsonNode pid = identity.json().path("session_pid");
        return pid.isIntegralNumber() ? pid.asText() : null;
    }
}
