package dev.agenttower.cli.doctor;

import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.TransportException;
import dev.agenttower.client.governance.project.Project;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of governance: whether its API answers, and each project.
 *
 * @param isUsed whether a project is governed, or a governed project may be unreachable
 */
record GovernanceCheck(boolean isUsed, List<Finding> findings) {
    private static final String CHECK = "governance";
    private static final String SOURCE = "http";

    GovernanceCheck {
        findings = List.copyOf(findings);
    }

    static GovernanceCheck make(GovernanceClient client) {
        List<Project> projects;
        try {
            projects = client.projects();
        } catch (TransportException.SocketMissing e) {
            // A daemon of an older version has no such socket, which matters only with governed projects.
            return new GovernanceCheck(
                    false,
                    List.of(unreachable(
                            e.kind().wire(),
                            "the daemon has no socket for governance at " + client.socket(),
                            "`agenttower stop-daemon`, then `agenttower ensure-daemon`")));
        } catch (TransportException e) {
            return new GovernanceCheck(
                    true,
                    List.of(unreachable(
                            e.kind().wire(),
                            "the governance API does not answer at " + client.socket(),
                            "`agenttower stop-daemon`, then `agenttower ensure-daemon`; its log says more")));
        } catch (DaemonException e) {
            return new GovernanceCheck(
                    true,
                    List.of(unreachable(
                            "governance_refused", String.valueOf(e.getMessage()), "the daemon's log says more")));
        }
        if (projects.isEmpty()) {
            return new GovernanceCheck(
                    false,
                    List.of(Finding.info(
                            CHECK,
                            "no_project",
                            "no project is governed",
                            "`agenttower project init PATH` puts one under governance")));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.pass(CHECK, SOURCE, projects.size() + " governed project(s)"));
        projects.forEach(project -> findings.addAll(new ProjectCheck(client, project).findings()));
        return new GovernanceCheck(true, findings);
    }

    private static Finding unreachable(String subCode, String details, String advice) {
        return Finding.fail(CHECK, SOURCE, subCode, TerminalText.safe(details), advice);
    }
}
