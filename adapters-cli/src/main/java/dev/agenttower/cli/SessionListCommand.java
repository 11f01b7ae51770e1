package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.governance.AgentSession;
import java.util.List;

/** {@code agenttower session list}. */
final class SessionListCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.SESSION_LIST.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower session list --project shop");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<AgentSession> sessions;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            sessions = access.client().sessions();
        }
        Listing listing = new Listing("SESSION_ID", "AGENT", "ROLE", "SPEC", "STARTED");
        for (AgentSession session : sessions) {
            listing.add(session.id(), session.agent(), session.role(), session.specId(), session.startedAt());
        }
        GovernanceAccess.print(arguments, context, "sessions", sessions.stream().map(AgentSession::json), listing);
        return ExitCode.OK;
    }
}
