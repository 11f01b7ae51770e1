package dev.agenttower.http.api;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Refusal;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Handler;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the project that a call is about: the one that it names in its query, or, without one there, in its body, else the one its caller's
 * working directory is in, else the only one. Thread-safe.
 */
public final class Selection {
    private static final String PROJECT = "project";

    private final GovernedProjects projects;
    private final HostGate host;
    private final Function<Peer, Optional<String>> workingDirectory;

    /**
     * Selection among these projects.
     *
     * @param workingDirectory where a process on the host is, all links followed, as far as that can be told
     */
    public Selection(GovernedProjects projects, HostGate host, Function<Peer, Optional<String>> workingDirectory) {
        this.projects = projects;
        this.host = host;
        this.workingDirectory = workingDirectory;
    }

    /** The projects. */
    GovernedProjects projects() {
        return projects;
    }

    /** A handler of calls that are about a project. */
    Handler inProject(BiFunction<Call, GovernedProject, Answer> handler) {
        return call -> handler.apply(call, of(call));
    }

    /** A handler of calls that make sense without a project as well; one that is named must exist all the same. */
    Handler inProjectIfAny(BiFunction<Call, Optional<GovernedProject>, Answer> handler) {
        return call -> handler.apply(call, find(call));
    }

    private Optional<GovernedProject> find(Call call) {
        try {
            return Optional.of(of(call));
        } catch (GovernanceException e) {
            if (name(call) == null && e.refusal() == Refusal.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private GovernedProject of(Call call) {
        String name = name(call);
        return projects.select(name, () -> directory(call.caller().peer()));
    }

    private static @Nullable String name(Call call) {
        String inQuery = call.query(PROJECT);
        if (inQuery != null && !inQuery.isEmpty()) {
            return inQuery;
        }
        return call.isObject() && call.body().get(PROJECT) instanceof String inBody && !inBody.isEmpty()
                ? inBody
                : null;
    }

    /** The folders that a process in a container names are not ours. */
    private @Nullable String directory(Peer peer) {
        return peer.pid() > 0 && host.isOnHost(peer)
                ? workingDirectory.apply(peer).orElse(null)
                : null;
    }
}
