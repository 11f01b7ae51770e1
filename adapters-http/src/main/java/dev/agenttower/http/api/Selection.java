package dev.agenttower.http.api;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Handler;
import dev.agenttower.http.route.Outcome;
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

    /** A handler of calls that are about a project, and say so in the query if anywhere. */
    Handler inProject(BiFunction<Call, GovernedProject, Outcome> handler) {
        return call -> handler.apply(call, select(call, inQuery(call)));
    }

    /** A handler of calls that are about a project, and may say so in the body too. */
    Handler inProjectOfBody(BiFunction<Call, GovernedProject, Answer> handler) {
        return call -> {
            String named = inQuery(call);
            return handler.apply(call, select(call, named == null ? inBody(call) : named));
        };
    }

    /** A handler of calls that make sense without a project as well; one that is named must exist all the same. */
    Handler inProjectIfAny(BiFunction<Call, Optional<GovernedProject>, Answer> handler) {
        return call -> handler.apply(call, find(call));
    }

    private Optional<GovernedProject> find(Call call) {
        String named = inQuery(call);
        try {
            return Optional.of(select(call, named));
        } catch (RefusedException e) {
            if (named == null && e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private GovernedProject select(Call call, @Nullable String name) {
        return projects.select(name, () -> directory(call.caller().peer()));
    }

    private static @Nullable String inQuery(Call call) {
        String named = call.query(PROJECT);
        return named == null || named.isEmpty() ? null : named;
    }

    /** A name that is none must not be taken for the absence of one: something would be done in another project. */
    private static @Nullable String inBody(Call call) {
        String named = call.isObject() ? call.text(PROJECT) : null;
        return named == null || named.isEmpty() ? null : named;
    }

    /** The folders that a process in a container names are not ours. */
    private @Nullable String directory(Peer peer) {
        return peer.pid() > 0 && host.isOnHost(peer)
                ? workingDirectory.apply(peer).orElse(null)
                : null;
    }
}
