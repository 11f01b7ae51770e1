package dev.agenttower.cli.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock for starting the daemon, among commands that find it missing at the same time.
 *
 * <p>It only avoids duplicate work: the daemon's own lock decides which daemon runs. So it is harmless that the file is removed afterwards,
 * and that the turn counts as taken where locks do not work. The daemon's lock file is not used for it, because network file systems treat
 * the two kinds of locks as one.
 */
final class StartTurn implements AutoCloseable {
    private final Path file;
    private @Nullable FileChannel held;

    StartTurn(Path stateDir) {
        file = file(stateDir);
    }

    private static Path file(Path stateDir) {
        return stateDir.resolve("agenttowerd.start");
    }

    /** Whether a process holds the lock. */
    static boolean isTaken(Path stateDir) {
        return LockProbe.holderByJava(file(stateDir)).isPresent();
    }

    /** Takes or keeps the lock; false while another process holds it. */
    boolean take() {
        if (held != null) {
            return true;
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return true; // opening a pipe would block
        }
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (isLocked(channel)) {
                held = channel;
                return true;
            }
            channel.close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (held == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            held.close();
        } catch (IOException ignored) {
            // The lock is released when the process ends.
        }
        held = null;
    }
}
