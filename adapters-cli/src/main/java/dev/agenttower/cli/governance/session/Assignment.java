package dev.agenttower.cli.governance.session;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.SpecOption;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.human.CallerIdentity;
import dev.agenttower.client.governance.project.Project;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.SessionDraft;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The work of an agent in a governed project.
 *
 * @param project the name of the project
 * @param folder its root
 * @param role the role, as the policy spells it
 * @param spec the spec
 */
public record Assignment(String project, Path folder, String role, String spec) {
    /**
     * The work of an agent in a folder; empty if the folder lies in no governed project.
     *
     * @param work the folder, absolute and with all links followed
     * @param role the wanted role; null for that of the environment or the project
     * @param spec the wanted spec; null for that of the environment or the project
     * @throws RefusedException BAD_REQUEST, if there is no project for them, they are unknown to its policy, or none is known
     */
    public static Optional<Assignment> find(
            Path work, @Nullable String role, @Nullable String spec, CliContext context) {
        return Governance.ask(context, null, client -> find(work, role, spec, client, context));
    }

    private static Optional<Assignment> find(
            Path work, @Nullable String role, @Nullable String spec, GovernanceClient all, CliContext context) {
        @Nullable Project project = all.projects().stream()
                .filter(known -> work.startsWith(known.path()))
                .findFirst()
                .orElse(null);
        if (project == null) {
            if (role == null && spec == null) {
                return Optional.empty();
            }
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    work
                            + " lies in no governed project, so there are no roles and specs; `agenttower project init` makes"
                            + " it one");
        }
        GovernanceClient client = all.inProject(project.name());
        @Nullable String wantedRole = role == null ? ActorOptions.claimedRole(context) : role;
        CallerIdentity caller = client.identity(wantedRole, null);
        List<String> roles = client.roles().stream().map(known -> known.name()).toList();
        String knownRole = known("role", wantedRole == null ? caller.role() : wantedRole, roles);
        List<String> specs = client.specs().stream()
                .filter(known -> known.isInForce() && known.roles().contains(knownRole))
                .map(known -> known.id())
                .toList();
        return Optional.of(new Assignment(
                project.name(),
                Path.of(project.path()),
                knownRole,
                known("spec", spec == null ? spec(caller, specs, context) : spec, specs)));
    }

    /**
     * Starts a session that binds a process and all below it to the role.
     *
     * @param agent the name of the agent
     * @param session the id of the session; null for a new one
     * @return the id of the session
     */
    public String bind(String agent, @Nullable String session, long pid, GovernanceClient client) {
        SessionDraft draft = new SessionDraft(new Actor(agent, role), spec, session, false, pid);
        return client.inProject(project).startSession(draft).id();
    }

    /** The working folder, with all links followed. */
    public static Path workingFolder() {
        try {
            return Path.of("").toRealPath();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: the working folder cannot be told", e);
        }
    }

    /** The spec of the environment or the project, or the only one that gives the role any rights. */
    private static @Nullable String spec(CallerIdentity caller, List<String> specs, CliContext context) {
        @Nullable String stated = SpecOption.stated(context);
        @Nullable String known = stated == null ? caller.specId() : stated;
        return known == null && specs.size() == 1 ? specs.get(0) : known;
    }

    private static String known(String what, @Nullable String wanted, List<String> known) {
        String choices = known.isEmpty() ? "its policy has none" : "choose from " + String.join(", ", known);
        if (wanted == null) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "the project names no " + what + " for you; name one with --" + what + ": " + choices);
        }
        return known.stream()
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "the policy gives no rights to the " + what + " \"" + Text.abbreviated(wanted, 80) + "\"; "
                                + choices));
    }
}
