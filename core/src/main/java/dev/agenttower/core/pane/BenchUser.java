package dev.agenttower.core.pane;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.BenchContainer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        String configured = configured(bench.configUser());
        String user = configured.isEmpty() ? fallback : configured;
        return user.isEmpty() ? Optional.empty() : Optional.of(new BenchTarget(bench.id(), bench.name(), user));
    }

    /** The user in the configuration of a container, without its group; empty if there is none. */
    static String configured(@Nullable String userAndGroup) {
        if (userAndGroup == null) {
            return "";
        }
        int colon = userAndGroup.indexOf(':');
        return (colon < 0 ? userAndGroup : userAndGroup.substring(0, colon)).strip();
    }
}
