package dev.agenttower.cli.lifecycle;

import dev.agenttower.cli.surroundings.UnixFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a file is locked with {@code flock(2)}, without taking the lock.
 *
 * <p>Reads the kernel's list of locks: Java has no {@code flock}, and its own locks are of another kind. If the list does not show the
 * lock, as across PID namespaces, the answer is no; the daemon's own locking decides.
 */
public final class LockProbe {
    private static final Path LOCKS = Path.of("/proc/locks");
    private static final String FLOCK = " FLOCK ";
    private static final String OF_JAVA = " POSIX ";

    /** The kernel returns the list in pages; a lock is left out if others are released between two of them. */
    private static final int READS = 3;

    private LockProbe() {}

    /** Whether a process holds the lock. */
    public static boolean isHeld(Path lock) {
        return holder(lock).isPresent();
    }

    /** The process that holds the lock; empty if none. */
    public static OptionalLong holder(Path lock) {
        return holder(lock, FLOCK);
    }

    /** The other process that holds one of Java's own locks; empty if none. */
    public static OptionalLong holderByJava(Path lock) {
        return holder(lock, OF_JAVA);
    }

    private static OptionalLong holder(Path lock, String kind) {
        @Nullable UnixFile file = UnixFile.of(lock);
        if (file == null) {
            return OptionalLong.empty();
        }
        OptionalLong holder = OptionalLong.empty();
        try {
            for (int read = 0; read < READS && holder.isEmpty(); read++) {
                holder = holder(Files.readString(LOCKS, StandardCharsets.US_ASCII), file, kind);
            }
        } catch (IOException e) {
            // No list, no answer.
        }
        return holder;
    }

    // A line is "<n>: FLOCK  ADVISORY  WRITE <pid> <major>:<minor>:<inode> 0 EOF"; "->" after the number marks a
    // process that waits.
    static OptionalLong holder(String locks, UnixFile file, String kind) {
        String wanted = " " + deviceOf(file.device()) + ":" + file.inode() + " ";
        return locks.lines()
                .filter(line -> line.contains(kind) && !line.contains("->") && line.contains(wanted))
                .mapToLong(line -> pidBefore(line, wanted))
                .findFirst();
    }

    private static long pidBefore(String line, String wanted) {
        String[] words = line.substring(0, line.indexOf(wanted)).split(" ", -1);
        return Long.parseLong(words[words.length - 1]);
    }

    // The device number as packed by the C library.
    private static String deviceOf(long device) {
        long major = ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
        long minor = (device & 0xff) | ((device >>> 12) & ~0xffL);
        return twoDigits(major) + ":" + twoDigits(minor);
    }

    private static String twoDigits(long number) {
        String hex = Long.toHexString(number);
        return hex.length() < 2 ? "0" + hex : hex;
    }
}
