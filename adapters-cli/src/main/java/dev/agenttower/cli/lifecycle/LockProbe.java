package dev.agenttower.cli.lifecycle;

import dev.agenttower.cli.surroundings.UnixFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file is locked with {@code flock(2)}, without taking the lock.
 *
 * <p>The kernel's list of locks is read: Java has no {@code flock}, and its own locks are of another kind. Where the list does not
 * show the lock, as across process namespaces, the answer is no; the daemon itself has the last word.
 */
public final class LockProbe {
    private static final Path LOCKS = Path.of("/proc/locks");

    private LockProbe() {}

    /** Whether a process holds the lock. */
    public static boolean isHeld(Path lock) {
        @Nullable UnixFile file = UnixFile.of(lock);
        if (file == null) {
            return false;
        }
        try {
            return holds(new String(Files.readAllBytes(LOCKS), StandardCharsets.US_ASCII), file);
        } catch (IOException e) {
            return false;
        }
    }

    static boolean holds(String locks, UnixFile file) {
        String wanted = " " + deviceOf(file.device()) + ":" + file.inode() + " ";
        return locks.lines()
                .anyMatch(line -> line.contains(" FLOCK ") && !line.contains("->") && line.contains(wanted));
    }

    // The bits of a device number as the C library packs them.
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
