package dev.agenttower.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole by one writer at a time.
 *
 * <p>The lock is flock(2) on a file of its own, because the file itself is another one after each replacement. Threads of this process queue
 * up before it. Thread-safe.
 */
final class GuardedFile {
    private final Path file;
    private final Path lockFile;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** A file and the file that locks it. */
    GuardedFile(Path file, Path lockFile) {
        this.file = file;
        this.lockFile = lockFile;
    }

    Path path() {
        return file;
    }

    /** Does the work while no other process or thread has the file. */
    <T extends @Nullable Object> T exclusively(IoWork<T> work) throws IOException {
        turn.lock();
        try {
            return Flock.holdingCreated(lockFile, work);
        } finally {
            turn.unlock();
        }
    }
}
