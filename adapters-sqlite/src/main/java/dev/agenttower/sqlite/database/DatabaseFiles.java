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
 * The open files of the database. A file that was deleted, moved or replaced still accepts writes, which are then lost; so the files are
 * checked before a write is acknowledged. Thread-safe.
 */
public final class DatabaseFiles {
    private final Path database;
    private final Map<Path, Object> known = new ConcurrentHashMap<>();

    /**
     * The files of an existing database; to be created before the database is opened.
     *
     * @throws StorageException if the database does not exist
     */
    DatabaseFiles(Path database) {
        this.database = database;
        requireSame(database);
    }

    /**
     * Checks that the database file is unchanged in place.
     *
     * @throws StorageException if it is not
     */
    public void requireDatabase() {
        requireSame(database);
    }

    /**
     * Checks that each file seen so far is unchanged in place.
     *
     * @throws StorageException if one is not
     */
    void requireKnown() {
        known.keySet().forEach(this::requireSame);
    }

    /**
     * Checks that the database and the files that a write uses are the same as at the first checked write; call during or after a write
     * transaction.
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
            // Without a file key, as on some file systems, only a deleted file can be detected.
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
