package dev.agenttower.unix.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Writes files at absolute paths without links; they are complete and on disk when the call returns. If the directory {@code base} does not
 * exist, a {@link java.nio.file.NoSuchFileException} is thrown.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /** Replaces a file atomically, or creates it with its parent directories below {@code base}. Its mode, owner and group stay. */
    public static void replace(Path file, Path base, byte[] content) throws IOException {
        try (Directory directory = Directory.create(parent(file), base)) {
            directory.replace(name(file), content);
        }
    }

    /** The same, with streamed content. */
    public static void replace(Path file, Path base, FileContent content) throws IOException {
        try (Directory directory = Directory.create(parent(file), base)) {
            directory.replace(name(file), content);
        }
    }

    /** Creates a file atomically, with its parent directories below {@code base}, unless it exists; returns whether it did. */
    public static boolean writeIfMissing(Path file, Path base, byte[] content) throws IOException {
        try (Directory directory = Directory.create(parent(file), base)) {
            return directory.writeIfMissing(name(file), content);
        }
    }

    /** Writes all remaining bytes. */
    public static void writeFully(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    /** The directory of a file. */
    public static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("'" + file + "' has no directory");
        }
        return parent;
    }

    /** The name of a file in its directory. */
    public static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
