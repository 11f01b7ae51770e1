package dev.agenttower.socket.server.status;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The constant facts of a running daemon.
 *
 * @param startedAt the start time, before it bound its socket
 * @param socket the absolute path of its socket on the host
 * @param stateDir its state directory
 * @param schemaVersion the schema version of its database at the start; null if unreadable
 * @param version its own version
 */
public record DaemonIdentity(
        long pid,
        Instant startedAt,
        Path socket,
        Path stateDir,
        @Nullable Integer schemaVersion,
        String version) {}
