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
 * Selects the project of a call: the one named in its query, else in its body, else the project that contains the caller's working
 * directory, else the only one. Thread-safe.
 */
public final class Selection {
    private static final String PROJECT = "project";

    private final GovernedProjects projects;
    private final HostGate host;
    private final Function<Peer, Optional<String>> workingDirectory;

    /**
     * Selection among these projects.
     *
     * @param workingDirectory the working directory of a host process, all links followed; empty if unknown
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

    /** A handler of calls about a project that is named, if at all, in the query. */
    Handler inProject(BiFunction<Call, GovernedProject, Outcome> handler) {
        return call -> handler.apply(call, select(call, inQuery(call)));
    }

    /** A handler of calls about a project that may also be named in the body. */
    Handler inProjectOfBody(BiFunction<Call, GovernedProject, Answer> handler) {
        return call -> {
            String named = inQuery(call);
            return handler.apply(call, select(call, named == null ? inBody(call) : named));
        };
    }

    /** A handler of calls that also work without a project; a named project must exist. */
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

    /** An invalid name must not count as a missing one: the call then affects another project. */
    private static @Nullable String inBody(Call call) {
        String named = call.isObject() ? call.text(PROJECT) : null;
        return named == null || named.isEmpty() ? null : named;
    }

    /** The working directory of a process, all links followed; null in containers, whose folders are not folders of the host. */
    @Nullable String directory(Peer peer) {
        return peer.pid() > 0 && host.isOnHost(peer)
                ? workingDirectory.apply(peer).orElse(null)
                : null;
    }
}
