package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.governance.SessionDraft;
import dev.agenttower.socket.client.governance.StartedSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower session start}. */
final class SessionStartCommand implements Command {
    private static final String ID = "--session-id";
    private static final String PID = "--pid";
    private static final String SANDBOX = "--sandbox";

    @Override
    public CommandForm form() {
        return CommandName.SESSION_START.form(
                List.of(
                        GovernanceAccess.ROLE,
                        SpecOption.FORM,
                        GovernanceAccess.AGENT,
                        OptionForm.value(ID, "ID", "its id; default: one that is made up"),
                        OptionForm.value(
                                PID,
                                "PID",
                                "bind this process, and all below it, to the role: the one that calls or one above it."
                                        + " For as long as it lives it is taken for an agent, never again for a human"),
                        OptionForm.flag(SANDBOX, "note that it runs in a sandbox"),
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower session start --role Developer --spec SPEC-001",
                "sh -c 'agenttower session start --role Developer --spec SPEC-001 --pid $$ && exec claude'");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        @Nullable Long pid = pid(arguments);
        StartedSession session;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            session = access.client()
                    .startSession(new SessionDraft(
                            OwnActor.of(arguments, context, access.client()),
                            SpecOption.of(arguments, context, access.client()),
                            arguments.value(ID),
                            arguments.has(SANDBOX),
                            pid));
        }
        DaemonAccess.printResult(
                context,
                arguments,
                SessionJson.of(session.id(), session.json()),
                () -> new Facts().add("session_id", session.id()).add("event_id", session.eventId()));
        return ExitCode.OK;
    }

    private static @Nullable Long pid(Arguments arguments) {
        @Nullable String text = arguments.value(PID);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, PID + " takes the number of a process");
        }
        return Long.valueOf(text);
    }
}
