package dev.agenttower.daemon.lifecycle;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.Inode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes the files of a daemon that ended without closing. To be used while holding the lock, which proves that no daemon is running. */
public final class StaleFiles {
    private StaleFiles() {}

    /**
     * Removes sockets, pid file, and unfinished files of a command that was killed while it stored the passphrase.
     *
     * @throws StartFailure if a socket's path has a file of another kind; it is kept
     */
    public static void remove(TowerPaths paths, LifecycleLog log) throws IOException {
        removeSocket(paths.socket(), log);
        removeSocket(paths.httpSocket(), log);
        if (Files.deleteIfExists(paths.pidFile())) {
            recovered(log, paths.pidFile(), "stale_pid");
        }
        removeUnfinished(paths.operatorPassphrase(), log);
    }

    /** A command that stores the passphrase first writes a file beside it, whose name has the process id. */
    private static void removeUnfinished(Path passphrase, LifecycleLog log) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(passphrase.getFileName() + ".") + "(\\d{1,10})\\.new");
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(passphrase.resolveSibling(""))) {
            for (Path sibling : siblings) {
                Matcher writer = name.matcher(String.valueOf(sibling.getFileName()));
                if (writer.matches()
                        && ProcessHandle.of(Long.parseLong(writer.group(1))).isEmpty()
                        && Files.isRegularFile(sibling, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(sibling);
                    recovered(log, sibling, "unfinished_write");
                }
            }
        }
    }

    private static void removeSocket(Path path, LifecycleLog log) throws IOException {
        Optional<Inode> socket = Inode.at(path);
        if (socket.isPresent()) {
            refuseUnlessSocket(path, socket.get().kind());
            Files.delete(path);
            recovered(log, path, "stale_socket");
        }
    }

    private static void refuseUnlessSocket(Path path, FileKind kind) {
        if (kind != FileKind.SOCKET) {
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
