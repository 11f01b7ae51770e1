package dev.agenttower.daemon;

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
 * What lies at a path, symbolic links not followed.
 *
 * @param permissions the lower twelve bits of the mode
 */
record Inode(Kind kind, int permissions, long uid) {
    /** The kinds of file. */
    enum Kind {
        FILE("regular file", 0100000),
        DIRECTORY("directory", 0040000),
        SOCKET("socket", 0140000),
        SYMLINK("symlink", 0120000),
        FIFO("fifo", 0010000),
        CHARACTER_DEVICE("device", 0020000),
        BLOCK_DEVICE("device", 0060000),
        OTHER("other", 0);

        private static final int MASK = 0170000;

        private final String words;
        private final int bits;

        Kind(String words, int bits) {
            this.words = words;
            this.bits = bits;
        }

        /** The kind in words. */
        String words() {
            return words;
        }

        /** The kind in the coarser words of a refused path. */
        String coarse() {
            return switch (this) {
                case FILE -> "file";
                case DIRECTORY -> "dir";
                case SOCKET -> "socket";
                case SYMLINK, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE, OTHER -> "other";
            };
        }

        private static Kind of(int mode) {
            for (Kind kind : values()) {
                if ((mode & MASK) == kind.bits) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /** Looks at a path; empty when nothing is there. */
    static Optional<Inode> at(Path path) {
        try {
            Map<String, Object> seen = Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
            int mode = number(seen, "mode");
            return Optional.of(new Inode(Kind.of(mode), mode & 07777, number(seen, "uid")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) requireNonNull(attributes.get(name), name);
    }
}
