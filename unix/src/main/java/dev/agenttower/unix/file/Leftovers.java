package dev.agenttower.unix.file;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The temporary files that writers leave which are killed. A living writer has its file locked. */
public final class Leftovers {
    private static final Pattern NAME = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.tmp");

    private Leftovers() {}

    /** A new name for the temporary file that is to become a file. */
    public static String nameFor(String name) {
        return "." + name + "."
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".tmp";
    }

    /**
     * Removes them from a directory; tells how many there were.
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
            return false; // no regular file, closed to us, or gone
        }
    }
}
