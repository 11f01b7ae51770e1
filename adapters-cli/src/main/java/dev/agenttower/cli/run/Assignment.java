package dev.agenttower.cli.run;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.human.CallerIdentity;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
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
        if (caller.project() == null) {
            if (role == null && spec == null) {
                return Optional.empty();
            }
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "this folder lies in no governed project, so there are no roles and specs; `agenttower project init` makes it one");
        }
        List<String> roles = client.roles().stream().map(known -> known.name()).toList();
        List<String> specs = client.specs().stream().map(known -> known.id()).toList();
        return Optional.of(new Assignment(
                caller.project(),
                Path.of(client.project(caller.project()).path()),
                known("role", wantedRole == null ? caller.role() : wantedRole, roles),
                known("spec", spec == null ? specOf(caller, specs) : spec, specs)));
    }

    /** The spec of the project, or its only one. */
    private static @Nullable String specOf(CallerIdentity caller, List<String> specs) {
        return caller.specId() == null && specs.size() == 1 ? specs.get(0) : caller.specId();
    }

    private static String known(String what, @Nullable String wanted, List<String> known) {
        String choices = known.isEmpty() ? "its policy has none" : "its policy has " + String.join(", ", known);
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
                        "the project has no " + what + " \"" + Text.abbreviated(wanted, 80) + "\"; " + choices));
    }
}
