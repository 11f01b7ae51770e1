package dev.agenttower.cli.lifecycle;

import dev.agenttower.cli.surroundings.UnixFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates folders and files that only their owner can access, whatever the umask. Existing ones are checked and never changed.
 */
public final class PrivateFiles {
    private static final int FOLDER_MODE = 0700;
    private static final int FILE_MODE = 0600;
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Creates a folder and its missing parents. Existing folders are checked from {@code namespace} down; those above it are not this
     * program's concern.
     *
     * @throws UnusableFileException if a folder cannot be created or is accessible to others
     */
    public static void ensureFolder(Path folder, Path namespace) {
        Deque<Path> chain = new ArrayDeque<>();
        for (@Nullable Path at = folder; at != null; at = at.getParent()) {
            chain.push(at);
        }
        for (Path at : chain) {
            if (!Files.isDirectory(at)) {
                create(at);
            } else if (at.startsWith(namespace)) {
                check(at, "directory", FOLDER_MODE);
            }
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            Files.setPosixFilePermissions(folder, FOLDER);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw new UnusableFileException(folder, "Not a directory", e);
            }
        } catch (IOException e) {
            throw UnusableFileException.of(folder, e);
        }
    }

    /**
     * Creates a file with this text unless it exists.
     *
     * @return whether it was created
     * @throws UnusableFileException if it cannot be created, or exists and is accessible to others or not a regular file
     */
    public static boolean createFile(Path file, String text) {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(FILE))) {
            Files.setPosixFilePermissions(file, FILE);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UnusableFileException(file, "not a regular file", e);
            }
            check(file, "file", FILE_MODE);
            return false;
        } catch (IOException e) {
            throw UnusableFileException.of(file, e);
        }
    }

    /**
     * Accepts a file that only this user can access.
     *
     * @throws UnusableFileException if it is not a regular file, belongs to another user, or is accessible to others
     * @throws IOException if it does not exist or cannot be inspected
     */
    static void requireOwn(Path file) throws IOException {
        UnixFile found = UnixFile.read(file);
        if (!found.isRegular()) {
            throw new UnusableFileException(file, "not a regular file", null);
        }
        if (found.uid() != UnixFile.ownUid()) {
            throw new UnusableFileException(file, "belongs to uid " + found.uid(), null);
        }
        check(file, "file", FILE_MODE);
    }

    private static void check(Path path, String kind, int required) {
        try {
            int mode = UnixFile.read(path.toRealPath()).permissions();
            if ((mode & ~required) != 0) {
                throw new UnusableFileException(
                        path,
                        kind + " mode 0o" + Integer.toOctalString(mode) + " broader than required 0o"
                                + Integer.toOctalString(required),
                        null);
            }
        } catch (IOException e) {
            throw UnusableFileException.of(path, e);
        }
    }
}
