package dev.agenttower.socket.server.status;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What does not change while a daemon runs.
 *
 * @param startedAt when it started, before it bound its socket
 * @param socket the absolute path of its socket on the host
 * @param stateDir its state directory
 * @param schemaVersion the schema version of its database at the start; null if it could not be read
 * @param version its own version
 */
public record DaemonIdentity(
        long pid,
        Instant startedAt,
        Path socket,
        Path stateDir,
        @Nullable Integer schemaVersion,
        String version) {}
