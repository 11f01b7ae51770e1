package dev.agenttower.unix.file;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The temporary files of killed writers. A live writer holds the lock of its file. */
public final class Leftovers {
    private static final Pattern NAME = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.tmp");

    private Leftovers() {}

    /** A new name for the temporary file of a file. */
    public static String nameFor(String name) {
        return "." + name + "."
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".tmp";
    }

    /**
     * Removes them from a directory; returns their number.
     *
     * @throws IOException if the directory cannot be listed; a file that cannot be removed stays
     */
    public static int removeFrom(Directory directory) throws IOException {
        int removed = 0;
        for (String name : directory.names()) {
            removed += NAME.matcher(name).matches() && isRemoved(directory, name) ? 1 : 0;
        }
        return removed;
    }

    private static boolean isRemoved(Directory directory, String name) {
        try (@Nullable LockedFile abandoned = directory.lock(name)) {
            return abandoned != null && directory.deleteIfExists(name);
        } catch (IOException e) {
            return false; // not a regular file, not accessible, or already deleted
        }
    }
}
