package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.pane.BenchTarget;
import java.util.Optional;

/**
 * Determines the user to run tmux as in a bench container: the configured user up to its first colon, else the fallback.
 *
 * @param fallback empty when there is none
 */
public record BenchUser(String fallback) {
    /** Checks that there is a fallback. */
    public BenchUser {
        requireNonNull(fallback, "fallback");
    }

    /** The target of a query; empty if the container has no such user. */
    public Optional<BenchTarget> target(BenchContainer bench) {
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
