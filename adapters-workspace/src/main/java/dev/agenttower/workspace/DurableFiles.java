package dev.agenttower.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Writing files so that they are whole, and on disk, when the call returns. */
final class DurableFiles {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFiles() {}

    /** Replaces a file as a whole, or creates it with the directories above it. Its mode, owner and group stay. */
    static void replace(Path file, byte[] content) throws IOException {
        createDirectories(parent(file));
        Path temporary = temporary(file);
        try {
            write(temporary, content);
            likeness(file, temporary);
            rename(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncDirectory(parent(file));
    }

    /** Writes a new file and has its content on disk. */
    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, NEW)) {
            writeFully(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    /** Writes a new file unless there is one; tells whether it did. It is there as a whole or not at all. */
    static boolean writeIfMissing(Path file, byte[] content) throws IOException {
        createDirectories(parent(file));
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            if (content.length == 0) {
                write(file, content);
            } else {
                writeLinked(file, content);
            }
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        syncDirectory(parent(file));
        return true;
    }

    /** Gives a file its name when it is written: unlike a rename, that replaces nothing. */
    private static void writeLinked(Path file, byte[] content) throws IOException {
        Path temporary = temporary(file);
        try {
            write(temporary, content);
            link(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            write(file, content); // not every file system has links
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void link(Path file, Path existing) throws IOException {
        try {
            Files.createLink(file, existing);
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(file.toString(), existing.toString(), "no links");
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
    }

    /** Creates an empty file, and the directories above it, unless there is one. */
    static void createEmpty(Path file) throws IOException {
        writeIfMissing(file, new byte[0]);
    }

    static void writeFully(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives {@code copy} the mode, and as far as this process may the owner and group, of {@code original}, if that exists. */
    static void likeness(Path original, Path copy) throws IOException {
        if (!Files.exists(original)) {
            return;
        }
        Map<String, ?> before = Files.readAttributes(original, "unix:uid,gid");
        if (!before.equals(Files.readAttributes(copy, "unix:uid,gid"))) {
            Files.setAttribute(copy, "unix:gid", before.get("gid"));
            Files.setAttribute(copy, "unix:uid", before.get("uid"));
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(original);
        if (!mode.equals(Files.getPosixFilePermissions(copy))) {
            Files.setPosixFilePermissions(copy, mode);
        }
    }

    /** Has the entries of a directory on disk. */
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates a directory and those above it. */
    static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            syncDirectory(parent(directory));
        }
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("'" + file + "' has no directory");
        }
        return parent;
    }
}
