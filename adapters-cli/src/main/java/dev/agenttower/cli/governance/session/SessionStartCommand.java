package dev.agenttower.cli.governance.session;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.SpecOption;
import dev.agenttower.client.governance.role.SessionDraft;
import dev.agenttower.client.governance.role.StartedSession;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower session start}. */
@Command(
        name = "start",
        description = "start a session: an agent at work in one role, under one spec",
        footer = {
            "  agenttower session start --role Developer --spec SPEC-001",
            "  sh -c 'agenttower session start --role Developer --spec SPEC-001 --pid $$ && exec claude'"
        })
final class SessionStartCommand implements Runnable {
    @Mixin
    private ActorOptions actor;

    @Mixin
    private SpecOption spec;

    @Option(names = "--session-id", paramLabel = "ID", description = "its id; default: a new one")
    private @Nullable String id;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description =
                    "bind this process and its descendants to the role; it must be the caller or an ancestor of it."
                            + " As long as it lives it is treated as an agent, never again as a human")
    private @Nullable String pid;

    @Option(names = "--sandbox", description = "record that it runs in a sandbox")
    private boolean isSandboxed;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        @Nullable Long process = process();
        StartedSession session = governance.ask(client -> client.startSession(
                new SessionDraft(actor.actor(client), spec.spec(client), id, isSandboxed, process)));
        governance.print(
                SessionEndCommand.withId(session.id(), session.json()),
                () -> new Facts().add("session_id", session.id()).add("event_id", session.eventId()));
    }

    private @Nullable Long process() {
        if (pid == null) {
            return null;
        }
        if (!pid.matches("[1-9][0-9]{0,8}")) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--pid takes the number of a process");
        }
        return Long.valueOf(pid);
    }
}
