package dev.agenttower.unix.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What tells one file from another, and its size.
 *
 * @param inode the numbers of its device and of its inode: {@code 2049:131}
 * @param size in bytes
 */
public record FileNumbers(FileKind kind, String inode, long size) {
    /** The numbers of what is at a path, a link not followed; empty if there is nothing. */
    public static Optional<FileNumbers> at(Path path) throws IOException {
        try {
            return Optional.of(of(path, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static FileNumbers following(Path path) throws IOException {
        return of(path);
    }

    private static FileNumbers of(Path path, LinkOption... options) throws IOException {
        Map<String, Object> seen = Files.readAttributes(path, "unix:mode,dev,ino,size", options);
        return new FileNumbers(
                FileKind.of(((Number) requireNonNull(seen.get("mode"))).intValue()),
                seen.get("dev") + ":" + seen.get("ino"),
                ((Number) requireNonNull(seen.get("size"))).longValue());
    }
}
