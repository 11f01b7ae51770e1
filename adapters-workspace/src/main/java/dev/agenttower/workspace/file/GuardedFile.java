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
 * <p>The lock is flock(2) on a file of its own, because the file itself is another one after each replacement. Threads of this process queue
 * up before it. Thread-safe.
 */
public final class GuardedFile {
    /** Twice and more what the largest of them may grow to here, and little enough for the heap. */
    private static final long MAX_SIZE = 16L << 20;

    private final Path file;
    private final Path lockFile;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** A file and the file that locks it, both at absolute paths without links. */
    public GuardedFile(Path file, Path lockFile) {
        this.file = file;
        this.lockFile = lockFile;
    }

    public Path path() {
        return file;
    }

    /**
     * The content, of 16 MiB at the most.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public byte[] read() throws IOException {
        return RegularFiles.read(file, MAX_SIZE);
    }

    /** The content, as long as it is open; fails with a {@link java.nio.file.NoSuchFileException} if there is none. */
    public FileChannel open() throws IOException {
        return RegularFiles.open(file);
    }

    /** Replaces the content piece by piece; to be used within {@link #exclusively}. */
    public void replace(FileContent content) throws IOException {
        DurableFiles.replace(file, content);
    }

    /** Replaces the content; to be used within {@link #exclusively}. */
    public void replace(byte[] content) throws IOException {
        DurableFiles.replace(file, content);
    }

    /** Does the work while no other process or thread has the file. */
    public <T extends @Nullable Object> T exclusively(IoWork<T> work) throws IOException {
        turn.lock();
        try {
            LockedFile held = LockedFile.awaitToWrite(lockFile);
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
