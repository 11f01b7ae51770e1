package dev.agenttower.jsonl;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.agenttower.unix.file.PrivateFiles;
import dev.agenttower.unix.file.RegularFiles;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that only its owner may read or write, in a folder that only its owner may enter. It is opened for each line, so it may
 * be moved at any time. What is in it stays. Not thread-safe.
 */
final class PrivateFile {
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private final Path folder;

    PrivateFile(Path file) {
        this.file = file.toAbsolutePath();
        @Nullable Path parent = this.file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        this.folder = parent;
    }

    Path path() {
        return file;
    }

    Path folder() {
        return folder;
    }

    /** The last bytes of the file, at most so many; empty if there is no file. */
    byte[] tail(int most) throws IOException {
        try (FileInputStream in = RegularFiles.input(file)) {
            in.skipNBytes(Math.max(0, in.getChannel().size() - most));
            return in.readNBytes(most);
        } catch (NoSuchFileException missing) {
            return new byte[0];
        }
    }

    /**
     * Appends lines, which include their LF, durably. If the file ends in the middle of a line, a line end is written first. What a failed
     * write leaves, as on a full disk, is taken away again.
     *
     * @throws IOException if others can access the file or folder, before anything is written; or if the write fails
     */
    void append(byte[] line) throws IOException {
        PrivateFiles.createDirectories(folder);
        refuseBroader(folder, folderAttributes(), FOLDER_MODE);
        if (!Files.exists(file, NOFOLLOW_LINKS) && PrivateFiles.createFile(file)) {
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
        PosixFileAttributes attributes = fileAttributes();
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "is not a regular file");
        }
        refuseBroader(file, attributes, FILE_MODE);
        byte[] bytes = endsInMidLine(attributes.size()) ? onNewLine(line) : line;
        // A stream rather than a channel, because an interrupt must not leave a partial line.
        try (FileOutputStream out = RegularFiles.append(file)) {
            write(out, bytes, attributes.size());
            out.getFD().sync();
        }
    }

    private static void write(FileOutputStream out, byte[] bytes, long sizeBefore) throws IOException {
        try {
            out.write(bytes);
        } catch (IOException failure) {
            try {
                out.getChannel().truncate(sizeBefore);
            } catch (IOException kept) {
                failure.addSuppressed(kept);
            }
            throw failure;
        }
    }

    /**
     * The attributes of the file and its folder at one moment.
     *
     * @param file of the file, links not followed; null if it does not exist
     */
    record Seen(PosixFileAttributes folder, @Nullable PosixFileAttributes file) {}

    /**
     * Looks at the file and its folder.
     *
     * @throws NoSuchFileException if there is no folder
     */
    Seen look() throws IOException {
        PosixFileAttributes above = folderAttributes();
        try {
            return new Seen(above, fileAttributes());
        } catch (NoSuchFileException missing) {
            return new Seen(above, null);
        }
    }

    /** Why others can access the file or its folder; null if they cannot. */
    @Nullable String exposure(Seen seen) {
        try {
            refuseBroader(folder, seen.folder(), FOLDER_MODE);
            if (seen.file() != null) {
                refuseBroader(file, seen.file(), FILE_MODE);
            }
            return null;
        } catch (BroadModeException exposed) {
            return exposed.getReason();
        }
    }

    private boolean endsInMidLine(long size) throws IOException {
        if (size == 0) {
            return false;
        }
        try (FileInputStream in = RegularFiles.input(file)) {
            in.skipNBytes(size - 1);
            return in.read() != '\n';
        }
    }

    private static byte[] onNewLine(byte[] line) {
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = '\n';
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    private PosixFileAttributes folderAttributes() throws IOException {
        return Files.readAttributes(folder, PosixFileAttributes.class);
    }

    private PosixFileAttributes fileAttributes() throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
    }

    private static void refuseBroader(Path path, PosixFileAttributes attributes, Set<PosixFilePermission> allowed)
            throws BroadModeException {
        Set<PosixFilePermission> actual = attributes.permissions();
        if (!allowed.containsAll(actual)) {
            throw new BroadModeException(path, PosixFilePermissions.toString(actual), allowed);
        }
    }

    /** The mode of a path grants access to others. */
    private static final class BroadModeException extends FileSystemException {
        private static final long serialVersionUID = 1;

        private BroadModeException(Path path, String actual, Set<PosixFilePermission> allowed) {
            super(
                    path.toString(),
                    null,
                    "mode " + actual + " is broader than " + PosixFilePermissions.toString(allowed)
                            + "; narrow it with chmod");
        }
    }
}
