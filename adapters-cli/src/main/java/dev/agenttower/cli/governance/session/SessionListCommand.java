package dev.agenttower.cli.governance.session;

import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.role.AgentSession;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower session list}. */
@Command(name = "list", description = "list the running sessions", footer = "  agenttower session list")
final class SessionListCommand implements Runnable {
    @Mixin
    private Governance governance;

    @Override
    public void run() {
        List<AgentSession> sessions = governance.ask(GovernanceClient::sessions);
        Listing listing = new Listing("SESSION_ID", "AGENT", "ROLE", "SPEC", "STARTED");
        for (AgentSession session : sessions) {
            listing.add(session.id(), session.agent(), session.role(), session.specId(), session.startedAt());
        }
        governance.output().printRows("sessions", sessions.stream().map(AgentSession::json), listing);
    }
}
