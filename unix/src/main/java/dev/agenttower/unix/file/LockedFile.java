package dev.agenttower.unix.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A regular file that is locked with flock(2) until this is closed. Not thread-safe.
 *
 * <p>Java's own file locks use fcntl(2), which ignores flock(2) and is shared by a whole process. This lock excludes every other holder, in
 * this process or another.
 */
public final class LockedFile implements AutoCloseable {
    private static final int PIECE = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final Descriptor descriptor;

    LockedFile(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Locks an existing file; waits up to ten seconds for the lock.
     *
     * @throws NoSuchFileException if the file does not exist
     * @throws IOException if the file cannot be opened, or another holder keeps the lock
     */
    public static LockedFile await(Path file) throws IOException {
        return await(file, Directory::lock);
    }

    /** Locks an existing file for writing; null if another opening, in this process or another, holds the lock. */
    public static @Nullable LockedFile take(Path file) throws IOException {
        try (Directory directory = Directory.open(DurableFiles.parent(file).toRealPath())) {
            return directory.lockToWrite(DurableFiles.name(file));
        }
    }

    /** Like {@link #await(Path)}, for writing. */
    public static LockedFile awaitExisting(Path file) throws IOException {
        return await(file, Directory::lockToWrite);
    }

    /**
     * The same; creates the file and its directories below {@code base} if they are missing.
     *
     * @throws NoSuchFileException if {@code base} does not exist
     */
    public static LockedFile awaitToWrite(Path file, Path base) throws IOException {
        try {
            return awaitExisting(file);
        } catch (NoSuchFileException e) {
            DurableFiles.writeIfMissing(file, base, new byte[0]);
            return awaitExisting(file);
        }
    }

    private static LockedFile await(Path file, Attempt attempt) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        try (Directory directory = Directory.open(DurableFiles.parent(file))) {
            while (true) {
                LockedFile locked = attempt.on(directory, DurableFiles.name(file));
                if (locked != null) {
                    return locked;
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("'" + file + "' is kept locked by another process");
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
            }
        }
    }

    /** A path to this file until it is closed, whatever its current names. */
    public Path path() {
        return descriptor.path();
    }

    /** A channel to the content, which may outlive the lock. */
    public FileChannel readAndWrite() throws IOException {
        return FileChannel.open(descriptor.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Writes the content of a new file durably. */
    void write(byte[] content) throws IOException {
        write(out -> out.write(content));
    }

    /** The same, with streamed content. */
    void write(FileContent content) throws IOException {
        try (FileChannel channel = readAndWrite()) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), PIECE);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /** Copies the mode, owner and group of another file. */
    boolean resemble(Path original) throws IOException {
        String names = "unix:uid,gid,permissions";
        Map<String, Object> wanted = Files.readAttributes(original, names, LinkOption.NOFOLLOW_LINKS);
        Path copy = descriptor.path();
        Map<String, Object> own = Files.readAttributes(copy, names);
        for (String name : List.of("gid", "uid")) {
            if (!Objects.equals(wanted.get(name), own.get(name))) {
                Files.setAttribute(copy, "unix:" + name, wanted.get(name));
            }
        }
        // changing the owner may have cleared bits of the mode
        if (!Objects.equals(wanted, own)) {
            Files.setAttribute(copy, "posix:permissions", wanted.get("permissions"));
        }
        return true;
    }

    @Override
    public void close() {
        descriptor.unlock();
        descriptor.close();
    }

    private interface Attempt {
        @Nullable LockedFile on(Directory directory, String name) throws IOException;
    }
}
