package dev.agenttower.panel;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a panel listens, and for whom.
 *
 * @param daemonSocket the daemon's socket, which that of governance is beside of
 * @param port on 127.0.0.1; 0 for a free one
 * @param user the user that the panel runs as
 * @param version of the panel, for the daemon
 */
public record PanelSettings(Path daemonSocket, int port, long user, String version) {
    /** Checks that a socket and a version are given. */
    public PanelSettings {
        requireNonNull(daemonSocket, "daemonSocket");
        requireNonNull(version, "version");
    }
}
