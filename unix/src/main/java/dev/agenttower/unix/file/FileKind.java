package dev.agenttower.unix.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The kind of a directory entry. */
public enum FileKind {
    /** A regular file. */
    FILE("regular file", 0100000),
    /** A directory. */
    DIRECTORY("directory", 0040000),
    /** A Unix socket. */
    SOCKET("socket", 0140000),
    /** A symbolic link. */
    SYMLINK("symlink", 0120000),
    /** A named pipe. */
    FIFO("fifo", 0010000),
    /** A character device. */
    CHARACTER_DEVICE("device", 0020000),
    /** A block device. */
    BLOCK_DEVICE("device", 0060000),
    /** Any other kind. */
    OTHER("other", 0);

    private static final int MASK = 0170000;

    private final String words;
    private final int bits;

    FileKind(String words, int bits) {
        this.words = words;
        this.bits = bits;
    }

    /** The kind as text. */
    public String words() {
        return words;
    }

    /** The kind encoded in an inode's mode. */
    public static FileKind of(int mode) {
        for (FileKind kind : values()) {
            if ((mode & MASK) == kind.bits) {
                return kind;
            }
        }
        return OTHER;
    }

    /**
     * The kind of the file at a path.
     *
     * @throws IOException if it cannot be inspected
     */
    static FileKind at(Path path, LinkOption... options) throws IOException {
        return Files.getAttribute(path, "unix:mode", options) instanceof Integer mode ? of(mode) : OTHER;
    }
}
