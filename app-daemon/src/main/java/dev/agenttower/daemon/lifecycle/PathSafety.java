package dev.agenttower.daemon.lifecycle;

import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.Inode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Rejects folders and files that others can read or replace. */
public final class PathSafety {
    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;

    private final long uid;

    /** Rules for files of one user. */
    public PathSafety(long uid) {
        this.uid = uid;
    }

    /**
     * Checks the state folder, the log folder, and the lock, pid file and log if they exist.
     *
     * @throws StartFailure naming the first path with a wrong kind, owner or mode
     */
    public void check(TowerPaths paths) {
        required(paths.stateDir());
        required(paths.logsDir());
        optional(paths.lock());
        optional(paths.pidFile());
        optional(paths.daemonLog());
    }

    private void required(Path directory) {
        Inode inode = look(directory).orElseThrow(() -> unsafe(directory, "missing"));
        check(directory, inode, FileKind.DIRECTORY, DIRECTORY_MODE);
    }

    private void optional(Path file) {
        look(file).ifPresent(inode -> check(file, inode, FileKind.FILE, FILE_MODE));
    }

    private void check(Path path, Inode inode, FileKind kind, int mode) {
        flaw(inode, kind, mode).ifPresent(reason -> {
            throw unsafe(path, reason);
        });
    }

    /** The flaw of a lock file, if any. */
    Optional<String> flawOfFile(Inode inode) {
        return flaw(inode, FileKind.FILE, FILE_MODE);
    }

    /** The flaw of a folder, if any. */
    Optional<String> flawOfDirectory(Inode inode) {
        return flaw(inode, FileKind.DIRECTORY, DIRECTORY_MODE);
    }

    private Optional<String> flaw(Inode inode, FileKind kind, int mode) {
        if (inode.kind() != kind) {
            return Optional.of("expected %s, got %s".formatted(coarse(kind), coarse(inode.kind())));
        }
        if (inode.permissions() != mode) {
            return Optional.of("mode is 0o%o, expected 0o%o".formatted(inode.permissions(), mode));
        }
        if (inode.uid() != uid) {
            return Optional.of("owned by uid %d, expected %d".formatted(inode.uid(), uid));
        }
        return Optional.empty();
    }

    private static String coarse(FileKind kind) {
        return switch (kind) {
            case FILE -> "file";
            case DIRECTORY -> "dir";
            case SOCKET -> "socket";
            case SYMLINK, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE, OTHER -> "other";
        };
    }

    private static Optional<Inode> look(Path path) {
        try {
            return Inode.at(path);
        } catch (UncheckedIOException e) {
            throw unsafe(path, Failures.reason(e));
        }
    }

    private static StartFailure unsafe(Path path, String reason) {
        return new StartFailure("unsafe path %s: %s".formatted(path, reason), null);
    }
}
