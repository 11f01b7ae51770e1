package dev.agenttower.daemon.lifecycle;

import com.sun.jna.LastErrorException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a running daemon. The kernel releases it when the process ends, in any way; the file stays.
 *
 * <p>It uses {@code flock(2)}, unlike Java's file locks, so that other programs that use {@code flock(2)} respect it.
 */
public final class DaemonLock implements AutoCloseable {
    private final int descriptor;

    private DaemonLock(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Takes the lock.
     *
     * @throws StartFailure if another process holds it, or the file is not the user's own with mode 0600
     */
    public static DaemonLock take(Path file, PathSafety safety) {
        int descriptor = open(file);
        try {
            Inode.at(file).flatMap(safety::flawOfFile).ifPresent(flaw -> {
                throw failed(file, flaw, null);
            });
            Posix.flock(descriptor, Posix.LOCK_EX | Posix.LOCK_NB);
            return new DaemonLock(descriptor);
        } catch (LastErrorException e) {
            Posix.close(descriptor);
            if (e.getErrorCode() == Posix.EWOULDBLOCK) {
                String held = "another agenttowerd is already running for this state directory";
                throw new StartFailure(StartFailure.ALREADY_RUNNING, held, held, e);
            }
            throw failed(file, Posix.strerror(e.getErrorCode()), e);
        } catch (RuntimeException e) {
            Posix.close(descriptor);
            throw e;
        }
    }

    private static int open(Path file) {
        try {
            return Posix.open(file.toString(), Posix.O_RDWR | Posix.O_CREAT | Posix.O_CLOEXEC, 0600);
        } catch (LastErrorException e) {
            throw failed(file, Posix.strerror(e.getErrorCode()), e);
        }
    }

    private static StartFailure failed(Path file, String reason, @Nullable Throwable cause) {
        return new StartFailure("acquire lock: %s: %s".formatted(file, reason), cause);
    }

    @Override
    public void close() {
        Posix.close(descriptor);
    }
}
