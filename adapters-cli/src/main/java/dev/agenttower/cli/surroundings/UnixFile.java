package dev.agenttower.cli.surroundings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of a file, symbolic links not followed.
 *
 * @param mode type and permission bits
 * @param uid the owner
 * @param device the file system
 * @param inode the file's number on it
 */
public record UnixFile(int mode, int uid, long device, long inode) {
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;

    /** The status of a file, or null if it does not exist or cannot be inspected. */
    public static @Nullable UnixFile of(Path path) {
        try {
            return read(path);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Reads the status of a file.
     *
     * @throws IOException if it does not exist or cannot be inspected
     */
    public static UnixFile read(Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:mode,uid,dev,ino", LinkOption.NOFOLLOW_LINKS);
        return new UnixFile(
                (int) number(facts, "mode"), (int) number(facts, "uid"), number(facts, "dev"), number(facts, "ino"));
    }

    private static long number(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The user id of this process. */
    public static int ownUid() throws IOException {
        return (int) number(Files.readAttributes(Path.of("/proc/self"), "unix:uid"), "uid");
    }

    /** Whether it is a socket. */
    public boolean isSocket() {
        return (mode & KIND) == SOCKET;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
        return (mode & KIND) == REGULAR;
    }

    /** The permission bits. */
    public int permissions() {
        return mode & 07777;
    }
}
