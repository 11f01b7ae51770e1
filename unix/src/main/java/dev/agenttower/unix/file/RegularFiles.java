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
 * Opens and reads regular files only: a pipe, socket, device or directory fails at once, with its kind.
 */
public final class RegularFiles {
    private RegularFiles() {}

    /**
     * Opens a file for reading.
     *
     * @param file an absolute path
     * @throws LinkedPathException if a part of the path is a link
     * @throws NoSuchFileException if it does not exist
     */
    public static FileChannel open(Path file) throws IOException {
        try (Descriptor descriptor = Descriptor.plain(file, LibC.O_RDONLY).regular(file)) {
            return FileChannel.open(descriptor.path(), StandardOpenOption.READ);
        }
    }

    /** Opens the target of a path for reading, links followed. */
    public static FileChannel openFollowing(Path file) throws IOException {
        try (Descriptor descriptor = Descriptor.following(file, LibC.O_RDONLY).regular(file)) {
            return FileChannel.open(descriptor.path(), StandardOpenOption.READ);
        }
    }

    /** Opens a file for reading; links on the way are followed, but the file itself must not be one. */
    public static FileInputStream input(Path file) throws IOException {
        try (Descriptor descriptor =
                Descriptor.following(file, LibC.O_RDONLY | LibC.O_NOFOLLOW).regular(file)) {
            return new FileInputStream(descriptor.path().toFile());
        }
    }

    /** Opens a file for appending, and creates it if missing; links on the way are followed, but the file itself must not be one. */
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

    /** The content of the target of a path, links followed. */
    public static byte[] readFollowing(Path file, long limit) throws IOException {
        try (FileChannel channel = openFollowing(file)) {
            return all(file, channel, limit);
        }
    }

    /**
     * Decodes UTF-8 text.
     *
     * @throws CharacterCodingException if the content is not valid UTF-8
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
