package dev.agenttower.workspace;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock of flock(2) on a file, held while some work is done.
 *
 * <p>Java's own file locks are those of fcntl(2), which do not see flock(2) and are shared by a whole process. This one excludes every other
 * holder, in this process or another, and names the file that the path leads to at the moment it is held.
 */
final class Flock {
    private static final int READ_ONLY = 0;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int EXCLUSIVE_NOW = 2 | 4;
    private static final int NO_SUCH_FILE = 2;
    private static final int INTERRUPTED = 4;
    private static final int WOULD_BLOCK = 11;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final int descriptor;

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Does the work while it holds the lock on an existing file, for which it waits up to ten seconds.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if the file cannot be opened, another process keeps the lock, or the work fails
     */
    static <T extends @Nullable Object> T holding(Path file, IoWork<T> work) throws IOException {
        Flock lock = on(file);
        try {
            return work.run();
        } finally {
            lock.release();
        }
    }

    /** The same on a file that is created when it is missing. */
    static <T extends @Nullable Object> T holdingCreated(Path file, IoWork<T> work) throws IOException {
        if (!Files.exists(file)) {
            DurableFiles.createEmpty(file);
        }
        return holding(file, work);
    }

    private static Flock on(Path file) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Flock lock = new Flock(open(file));
            boolean keep = false;
            try {
                lock.await(file, deadline);
                keep = lock.isStillAt(file);
            } finally {
                if (!keep) {
                    lock.release();
                }
            }
            if (keep) {
                return lock;
            }
        }
    }

    private void release() {
        LibC.close(descriptor);
    }

    private void await(Path file, long deadline) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                LibC.flock(descriptor, EXCLUSIVE_NOW);
                return;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != WOULD_BLOCK && e.getErrorCode() != INTERRUPTED) {
                    throw new IOException("cannot lock '" + file + "': " + e.getMessage(), e);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("'" + file + "' is kept locked by another process");
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }

    /** A file that was replaced while we waited is locked by nobody who opens it now. */
    private boolean isStillAt(Path file) throws IOException {
        try {
            return Files.isSameFile(Path.of("/proc/self/fd/" + descriptor), file);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static int open(Path file) throws IOException {
        while (true) {
            try {
                return LibC.open(file.toString(), READ_ONLY | CLOSE_ON_EXEC);
            } catch (LastErrorException e) {
                if (e.getErrorCode() == NO_SUCH_FILE) {
                    throw new NoSuchFileException(file.toString());
                }
                if (e.getErrorCode() != INTERRUPTED) {
                    throw new IOException("cannot open '" + file + "': " + e.getMessage(), e);
                }
            }
        }
    }

    /** The three functions of the C library; loaded when the first lock is taken. */
    private static final class LibC {
        static {
            Native.register(LibC.class, "c");
        }

        static native int open(String path, int flags) throws LastErrorException;

        static native int flock(int descriptor, int operation) throws LastErrorException;

        static native int close(int descriptor);
    }
}
