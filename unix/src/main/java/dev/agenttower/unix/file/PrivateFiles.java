package dev.agenttower.unix.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates directories and files that only their owner may access, whatever the umask. Existing ones are neither checked nor changed. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Opens a directory without links on the way; creates it with its missing parents.
     *
     * @param directory an absolute path
     * @throws LinkedPathException if a part of the path is a link
     */
    public static Directory openDirectory(Path directory) throws IOException {
        return Directory.create(
                directory, requireNonNull(directory.getRoot()), PosixFilePermissions.asFileAttribute(DIRECTORY));
    }

    /** Creates a directory with its missing parents. */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
            Files.setPosixFilePermissions(directory, DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Creates an empty file; returns false if the name exists. */
    public static boolean createFile(Path file) throws IOException {
        return createFile(file, new byte[0]);
    }

    /** Creates a file with a content; returns false if the name exists. */
    public static boolean createFile(Path file, byte[] content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(FILE))) {
            Files.setPosixFilePermissions(file, FILE);
            DurableFiles.writeFully(channel, ByteBuffer.wrap(content));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
