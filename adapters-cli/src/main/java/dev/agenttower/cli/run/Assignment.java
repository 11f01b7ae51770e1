package dev.agenttower.cli.run;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.SpecOption;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.human.CallerIdentity;
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
record Assignment(String project, Path folder, String role, String spec) {
    /**
     * The work of an agent that is started in the working folder; empty if the folder lies in no governed project.
     *
     * @param role the wanted role; null for that of the environment or the project
     * @param spec the wanted spec; null for that of the environment or the project
     * @throws RefusedException BAD_REQUEST, if there is no project for them, they are unknown to its policy, or none is known
     */
    static Optional<Assignment> find(@Nullable String role, @Nullable String spec, CliContext context) {
        return Governance.ask(context, null, client -> find(role, spec, client, context));
    }

    private static Optional<Assignment> find(
            @Nullable String role, @Nullable String spec, GovernanceClient client, CliContext context) {
        @Nullable String wantedRole = role == null ? ActorOptions.claimedRole(context) : role;
        CallerIdentity caller = client.identity(wantedRole, null);
        @Nullable String project = caller.project();
        // Elsewhere the daemon takes the only project for meant, but the hook would not find it.
        @Nullable Path folder = project == null ? null : Path.of(client.project(project).path());
        if (project == null || folder == null || !workingFolder().startsWith(folder)) {
            if (role == null && spec == null) {
                return Optional.empty();
            }
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "this folder lies in no governed project, so there are no roles and specs; `agenttower project init` makes it one");
        }
        List<String> roles = client.roles().stream().map(known -> known.name()).toList();
        String knownRole = known("role", wantedRole == null ? caller.role() : wantedRole, roles);
        List<String> specs = client.specs().stream()
                .filter(known -> known.isInForce() && known.roles().contains(knownRole))
                .map(known -> known.id())
                .toList();
        return Optional.of(new Assignment(
                project, folder, knownRole, known("spec", spec == null ? spec(caller, specs, context) : spec, specs)));
    }

    private static Path workingFolder() {
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
