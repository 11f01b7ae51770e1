package dev.agenttower.sqlite.database;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The database file and its companions, as this process has them open. A file that was deleted, moved or replaced goes on taking writes, which
 * nobody would ever see again; so it is looked at before a write is acknowledged. Thread-safe.
 */
public final class DatabaseFiles {
    private final Path database;
    private final Map<Path, Object> known = new ConcurrentHashMap<>();

    /**
     * The files of a database, which must exist; to be made before it is opened.
     *
     * @throws StorageException if it does not
     */
    DatabaseFiles(Path database) {
        this.database = database;
        requireSame(database);
    }

    /**
     * Whether the database is still where it was.
     *
     * @throws StorageException if it is not
     */
    public void requireDatabase() {
        requireSame(database);
    }

    /**
     * Whether each file that was ever looked at is still where it was.
     *
     * @throws StorageException if one is not
     */
    void requireKnown() {
        known.keySet().forEach(this::requireSame);
    }

    /**
     * Whether the database and the files that a write goes through are where they were when a write was looked at first; to be called while a
     * transaction writes, or after it.
     *
     * @throws StorageException if they are not
     */
    void requireAll() {
        for (String suffix : List.of("", "-wal", "-shm")) {
            requireSame(database.resolveSibling(requireNonNull(database.getFileName()) + suffix));
        }
    }

    private void requireSame(Path file) {
        try {
            // Without a file key, as on some file systems, only a file that is gone can be told.
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            Object found = key == null ? "" : key;
            Object before = known.putIfAbsent(file, found);
            if (before != null && !before.equals(found)) {
                throw failure(file + " was replaced while it was in use", new IOException("another file"));
            }
        } catch (NoSuchFileException e) {
            throw failure(file + " was deleted or moved while it was in use", e);
        } catch (IOException e) {
            throw failure(file + " cannot be looked at", e);
        }
    }

    private static StorageException failure(String what, IOException cause) {
        return new StorageException(
                "cannot use the database: " + what + "; stop the daemon and put the file back", cause);
    }
}
