package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * The target of a tmux query.
 *
 * @param user the user to run tmux as: a name or a numeric id, not empty
 */
public record BenchTarget(ContainerId container, String name, String user) {
    private static final String ROOT = "root";

    /**
     * The target for a stored pane: as the user that its scan used, else as the configured user of the container up to its first colon, else as root.
     *
     * @param paneUser empty if unknown
     * @param configuredUser null or empty if the container names none
     */
    public static BenchTarget of(ContainerId container, String name, String paneUser, @Nullable String configuredUser) {
        String user = paneUser.isEmpty() ? BenchUser.configured(configuredUser) : paneUser;
        return new BenchTarget(container, name, user.isEmpty() ? ROOT : user);
    }
}
