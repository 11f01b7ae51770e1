package dev.agenttower.workspace.file;

import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.FileContent;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole by one writer at a time.
 *
 * <p>The lock is flock(2) on a separate file, because each replacement creates a new inode. Threads of this process queue for it.
 * Thread-safe.
 */
public final class GuardedFile {
    /** More than twice the largest size that these files reach, and small enough for the heap. */
    private static final long MAX_SIZE = 16L << 20;

    private final Path base;
    private final Path file;
    private final Path lockFile;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** A file and its lock file, both at absolute paths without links; their missing directories are created below {@code base}. */
    public GuardedFile(Path base, Path file, Path lockFile) {
        this.base = base;
        this.file = file;
        this.lockFile = lockFile;
    }

    public Path path() {
        return file;
    }

    /**
     * The content, at most 16 MiB.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public byte[] read() throws IOException {
        return RegularFiles.read(file, MAX_SIZE);
    }

    /** The open file; fails with a {@link java.nio.file.NoSuchFileException} if there is none. */
    public FileChannel open() throws IOException {
        return RegularFiles.open(file);
    }

    /** Replaces the content from a stream; call only within {@link #exclusively}. */
    public void replace(FileContent content) throws IOException {
        DurableFiles.replace(file, base, content);
    }

    /** Replaces the content; call only within {@link #exclusively}. */
    public void replace(byte[] content) throws IOException {
        DurableFiles.replace(file, base, content);
    }

    /** Runs the work while no other process or thread holds the file. */
    public <T extends @Nullable Object> T exclusively(IoWork<T> work) throws IOException {
        turn.lock();
        try {
            LockedFile held = LockedFile.awaitToWrite(lockFile, base);
            try {
                return work.run();
            } finally {
                held.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
