package dev.agenttower.daemon;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Removes what a daemon left that ended without closing. To be used while holding the lock, which proves that none lives. */
final class StaleFiles {
    private StaleFiles() {}

    /**
     * Removes socket and pid file.
     *
     * @throws StartFailure if something other than a socket lies where the socket belongs; it is left alone
     */
    static void remove(TowerPaths paths, LifecycleLog log) throws IOException {
        Optional<Inode> socket = Inode.at(paths.socket());
        if (socket.isPresent()) {
            refuseUnlessSocket(paths.socket(), socket.get().kind());
            Files.delete(paths.socket());
            recovered(log, paths.socket(), "stale_socket");
        }
        if (Files.deleteIfExists(paths.pidFile())) {
            recovered(log, paths.pidFile(), "stale_pid");
        }
    }

    private static void refuseUnlessSocket(Path path, Inode.Kind kind) {
        if (kind != Inode.Kind.SOCKET) {
            throw new StartFailure(
                    StartFailure.FAILED,
                    "socket path is not a unix socket: %s: refusing to remove %s".formatted(path, kind.words()),
                    "refuse stale: %s (%s)".formatted(path, kind.words()),
                    null);
        }
    }

    private static void recovered(LifecycleLog log, Path path, String reason) {
        log.report(LifecycleEvent.DAEMON_RECOVERING, "unlinked", path, "reason", reason);
    }
}
