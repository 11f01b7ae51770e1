package dev.agenttower.unix.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file at a path, symbolic links not followed.
 *
 * @param permissions the lower twelve bits of the mode
 */
public record Inode(FileKind kind, int permissions, long uid) {
    /** Reads the inode at a path; empty if there is none. */
    public static Optional<Inode> at(Path path) {
        try {
            Map<String, Object> seen = Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
            int mode = number(seen, "mode");
            return Optional.of(new Inode(FileKind.of(mode), mode & 07777, number(seen, "uid")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user who owns what this process creates: its effective user id. */
    public static long ownUid() {
        return LibC.geteuid();
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) requireNonNull(attributes.get(name), name);
    }
}
