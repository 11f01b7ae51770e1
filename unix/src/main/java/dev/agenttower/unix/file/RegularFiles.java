package dev.agenttower.unix.file;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opening and reading files that may turn out to be none: of a pipe, socket, device or directory all fail at once, naming what it is.
 */
public final class RegularFiles {
    private RegularFiles() {}

    /**
     * Opens a file to read it.
     *
     * @param file an absolute path
     * @throws LinkedPathException if a part of the path is a link
     * @throws NoSuchFileException if there is none
     */
    public static FileChannel open(Path file) throws IOException {
        try (Descriptor descriptor = Descriptor.plain(file, LibC.O_RDONLY).regular(file)) {
            return FileChannel.open(descriptor.path(), StandardOpenOption.READ);
        }
    }

    /** Opens the file that a path leads to, links followed. */
    public static FileChannel openFollowing(Path file) throws IOException {
        try (Descriptor descriptor = Descriptor.following(file, LibC.O_RDONLY).regular(file)) {
            return FileChannel.open(descriptor.path(), StandardOpenOption.READ);
        }
    }

    /** Opens a file to read it; links on the way are followed, but it must not be one itself. */
    public static FileInputStream input(Path file) throws IOException {
        try (Descriptor descriptor =
                Descriptor.following(file, LibC.O_RDONLY | LibC.O_NOFOLLOW).regular(file)) {
            return new FileInputStream(descriptor.path().toFile());
        }
    }

    /** Opens a file to write at its end, and creates it if it is missing; links on the way are followed, but it must not be one itself. */
    public static FileOutputStream append(Path file) throws IOException {
        int flags = LibC.O_WRONLY | LibC.O_APPEND | LibC.O_CREAT | LibC.O_NOFOLLOW;
        try (Descriptor descriptor = Descriptor.following(file, flags).regular(file)) {
            return new FileOutputStream(descriptor.path().toFile(), true);
        }
    }

    /**
     * The content of a file.
     *
     * @param file an absolute path without links
     * @throws FileSystemException if it is larger than {@code limit} bytes
     */
    public static byte[] read(Path file, long limit) throws IOException {
        try (FileChannel channel = open(file)) {
            return all(file, channel, limit);
        }
    }

    /** The content of the file that a path leads to, links followed. */
    public static byte[] readFollowing(Path file, long limit) throws IOException {
        try (FileChannel channel = openFollowing(file)) {
            return all(file, channel, limit);
        }
    }

    /**
     * Text in UTF-8.
     *
     * @throws CharacterCodingException if it is something else
     */
    public static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    private static byte[] all(Path file, FileChannel channel, long limit) throws IOException {
        if (channel.size() > limit) {
            throw new FileSystemException(file.toString(), null, "is larger than " + limit + " bytes");
        }
        byte[] content = Channels.newInputStream(channel).readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE));
        if (content.length > limit) {
            throw new FileSystemException(file.toString(), null, "is larger than " + limit + " bytes");
        }
        return content;
    }
}
