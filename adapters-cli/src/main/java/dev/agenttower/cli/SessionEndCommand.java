package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.GovernanceRefusedException;
import dev.agenttower.socket.client.governance.Actor;
import dev.agenttower.socket.client.governance.AgentSession;
import dev.agenttower.socket.client.governance.EndedSession;
import java.util.List;

/** {@code agenttower session end}. */
final class SessionEndCommand implements Command {
    private static final OperandForm ID = OperandForm.required("SESSION_ID", "the session, as `session list` names it");
    private static final String FORCE = "--force";

    @Override
    public CommandForm form() {
        return CommandName.SESSION_END
                .form(
                        List.of(
                                OptionForm.flag(FORCE, "even if the project has changes that are not committed"),
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower session end ses_0b1c",
                        "agenttower session end ses_0b1c --force")
                .withOperands(ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String id = arguments.required(ID.name());
        EndedSession ended;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            AgentSession session = running(access.client(), id);
            ended = access.client()
                    .endSession(id, new Actor(session.agent(), session.role()), session.specId(), arguments.has(FORCE));
        } catch (GovernanceRefusedException e) {
            if (!arguments.json()) {
                printUncommitted(e.details().path("git_status").asText(""), context);
                printUnknown(e.details(), context);
            }
            throw e;
        }
        if (!arguments.json()) {
            printUnknown(ended.json(), context);
        }
        DaemonAccess.printResult(
                context,
                arguments,
                SessionJson.of(id, ended.json()),
                () -> new Facts()
                        .add("session_id", id)
                        .add("event_id", ended.eventId())
                        .add("commit_hash", ended.commitHash()));
        return ExitCode.OK;
    }

    private static AgentSession running(GovernanceClient client, String id) {
        return client.sessions().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "no session " + id + " runs; `agenttower session list` names those that do"));
    }

    private static void printUnknown(JsonNode answer, CliContext context) {
        answer.path("git_unknown")
                .asText("")
                .lines()
                .forEach(line -> context.err()
                        .print("cannot tell whether it is committed: " + TerminalText.visible(line) + "\n"));
    }

    private static void printUncommitted(String gitStatus, CliContext context) {
        gitStatus.lines().forEach(line -> context.err().print("  " + TerminalText.visible(line) + "\n"));
        if (!gitStatus.isEmpty()) {
            context.err().print("commit these, or add --force\n");
        }
    }
}
