package dev.agenttower.cli.governance.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.AgentSession;
import dev.agenttower.client.governance.role.EndedSession;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower session end}. */
@Command(
        name = "end",
        description = "end a session",
        footer = {"  agenttower session end ses_0b1c", "  agenttower session end ses_0b1c --force"})
final class SessionEndCommand implements Runnable {
    @Parameters(paramLabel = "SESSION_ID", description = "the session, as shown by `session list`")
    private String id;

    @Option(names = "--force", description = "even if the project has changes that are not committed")
    private boolean isForced;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        EndedSession ended;
        try {
            ended = governance.ask(client -> {
                AgentSession session = running(client);
                return client.endSession(id, new Actor(session.agent(), session.role()), session.specId(), isForced);
            });
        } catch (GovernanceRefusedException e) {
            if (!governance.output().isJson()) {
                printUncommitted(e.details().path("git_status").asText(""));
                printUnknown(e.details());
            }
            throw e;
        }
        if (!governance.output().isJson()) {
            printUnknown(ended.json());
        }
        governance.print(
                withId(id, ended.json()),
                () -> new Facts()
                        .add("session_id", id)
                        .add("event_id", ended.eventId())
                        .add("commit_hash", ended.commitHash()));
    }

    /** The daemon's answer with the session id, which it may lack. */
    static ObjectNode withId(String id, JsonNode answer) {
        ObjectNode result = JsonText.object().put("session_id", id);
        answer.properties().forEach(field -> result.set(field.getKey(), field.getValue()));
        return result.put("session_id", id);
    }

    private AgentSession running(GovernanceClient client) {
        return client.sessions().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "no session " + id + " runs; `agenttower session list` names those that do"));
    }

    private void printUnknown(JsonNode answer) {
        answer.path("git_unknown")
                .asText("")
                .lines()
                .forEach(line -> governance
                        .output()
                        .context()
                        .err()
                        .print("cannot tell whether it is committed: " + TerminalText.visible(line) + "\n"));
    }

    private void printUncommitted(String gitStatus) {
        gitStatus
                .lines()
                .forEach(line -> governance.output().context().err().print("  " + TerminalText.visible(line) + "\n"));
        if (!gitStatus.isEmpty()) {
            governance.output().context().err().print("commit these, or add --force\n");
        }
    }
}
