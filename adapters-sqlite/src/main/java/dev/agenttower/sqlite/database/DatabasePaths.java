package dev.agenttower.sqlite.database;

import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Creates the folder and the file of a database for their owner only, and refuses existing ones that others may access.
 *
 * <p>The mode of existing ones is never changed: a person may have chosen it, and gets an error instead.
 */
public final class DatabasePaths {
    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;

    private DatabasePaths() {}

    /** Creates the missing folders of a path; the last one, if it exists, must be private. */
    public static void ensureDirectory(Path directory) {
        if (Files.exists(directory)) {
            check(directory, "directory", DIRECTORY_MODE);
            return;
        }
        try {
            PrivateFiles.createDirectories(directory);
        } catch (IOException e) {
            throw refused(failedPath(e, directory), e);
        }
    }

    private static Path failedPath(IOException failure, Path directory) {
        return failure instanceof FileSystemException known && known.getFile() != null
                ? Path.of(known.getFile())
                : directory;
    }

    /**
     * Creates an empty private file.
     *
     * @return false if the name exists
     */
    public static boolean createFile(Path file) {
        try {
            return PrivateFiles.createFile(file);
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    /** Refuses a file that others may access. */
    public static void checkFile(Path file) {
        check(file, "file", FILE_MODE);
    }

    /** Refuses a file that others may access, or a dangling link; accepts a missing file, and one that is deleted during the check. */
    public static void checkFileIfThere(Path file) {
        try {
            checkFile(file);
        } catch (UnsafePathException e) {
            if (!(e.getCause() instanceof NoSuchFileException) || Files.isSymbolicLink(file)) {
                throw e;
            }
        }
    }

    private static void check(Path path, String kind, int allowed) {
        int mode; // read once: between two reads another thread may delete the journal
        try {
            mode = (Integer) Files.getAttribute(path, "unix:mode");
        } catch (IOException e) {
            throw refused(path, e);
        }
        if (allowed == FILE_MODE && FileKind.of(mode) != FileKind.FILE) {
            throw new UnsafePathException(path, "not a regular file");
        }
        int permissions = mode & 07777;
        if ((permissions & ~allowed) != 0) {
            throw new UnsafePathException(
                    path,
                    kind + " mode 0o" + Integer.toOctalString(permissions) + " broader than required 0o"
                            + Integer.toOctalString(allowed));
        }
    }

    static UnsafePathException refused(Path path, IOException failure) {
        return new UnsafePathException(path, reason(failure), failure);
    }

    // The JDK keeps the system's text only for errors without a specific exception type.
    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return String.valueOf(known.getReason());
        }
        return String.valueOf(failure.getMessage());
    }
}
