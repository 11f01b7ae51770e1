package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.pane.BenchTarget;
import java.util.Optional;

/**
 * Finds the user that tmux is asked as in a bench: what stands before the first colon of the configured user, else the fallback.
 *
 * @param fallback empty when there is none
 */
record BenchUser(String fallback) {
    BenchUser {
        requireNonNull(fallback, "fallback");
    }

    /** Whom to ask; empty if the bench has no user to ask as. */
    Optional<BenchTarget> target(BenchContainer bench) {
        String configured = bench.configUser();
        String user = configured == null ? "" : beforeColon(configured);
        if (user.isEmpty()) {
            user = fallback;
        }
        return user.isEmpty() ? Optional.empty() : Optional.of(new BenchTarget(bench.id(), bench.name(), user));
    }

    private static String beforeColon(String user) {
        int colon = user.indexOf(':');
        return (colon < 0 ? user : user.substring(0, colon)).strip();
    }
}
