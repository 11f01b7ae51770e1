package dev.agenttower.sqlite;

import static java.util.Objects.requireNonNull;

import dev.agenttower.sqlite.database.Connections;
import dev.agenttower.sqlite.database.DatabasePaths;
import dev.agenttower.sqlite.database.UnsafePathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;

/**
 * The database file: creates it, checks its permissions, and migrates it to the current schema.
 *
 * <p>Safe with other processes and threads that prepare the same file concurrently.
 */
public final class Registry {
    private static final List<String> COMPANION_SUFFIXES = List.of("-journal", "-wal", "-shm");
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Registry() {}

    /** The result of {@link #prepare}. */
    public enum Outcome {
        /** The file did not exist. */
        CREATED,
        /** The file existed. */
        EXISTED
    }

    /**
     * Prepares the file for {@link SqliteStores}: creates missing folders with mode 0700 and a missing file with mode 0600, and migrates an
     * older schema. Leaves no connection open, so that no companion file remains unless another process uses the database.
     *
     * <p>On failure, an existing file is unchanged, and a file created by this call is deleted.
     *
     * @throws UnsafePathException if others may access the file, its folder or a companion file, or the operating system denies access
     * @throws RegistryException if SQLite cannot read or migrate the file, a newer build has written it, or its version is not stored
     */
    public static Outcome prepare(Path database) {
        Path file = requireNonNull(database, "database").toAbsolutePath();
        DatabasePaths.ensureDirectory(requireNonNull(file.getParent(), "the folder of the database"));
        for (Path companion : companions(file)) {
            // another process that prepares the file may create and delete these concurrently
            DatabasePaths.checkFileIfThere(companion);
        }
        boolean isNew = DatabasePaths.createFile(file);
        if (!isNew) {
            DatabasePaths.checkFile(file);
        }
        try {
            migrate(file);
        } catch (SQLException e) {
            RegistryException failure = new RegistryException(String.valueOf(e.getMessage()), e);
            if (isNew && !isBusy(e)) {
                discard(file, failure);
            }
            throw failure;
        }
        return isNew ? Outcome.CREATED : Outcome.EXISTED;
    }

    private static void migrate(Path file) throws SQLException {
        // SQLite creates its companion files with the mode of the database.
        Connections connections = new Connections(file);
        try (Connection connection = connections.open()) {
            Migrations.check(connection);
            useWriteAheadLog(connection, connections.busyTimeoutMillis());
            Migrations.run(connection);
        }
    }

    /**
     * Waits itself, because SQLite reports "busy" without its usual wait when two connections switch the journal mode at the same time.
     */
    private static void useWriteAheadLog(Connection connection, int millis) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try (Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet rows = statement.executeQuery("PRAGMA journal_mode = WAL")) {
                    rows.next();
                    return;
                } catch (SQLException e) {
                    if (!isBusy(e) || System.nanoTime() - deadline > 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        }
    }

    private static List<Path> companions(Path file) {
        return COMPANION_SUFFIXES.stream()
                .map(suffix -> file.resolveSibling(file.getFileName() + suffix))
                .toList();
    }

    private static boolean isBusy(SQLException failure) {
        return failure.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    // Only for a file created here and used by no other process, whose write-ahead log must never be deleted.
    private static void discard(Path file, RegistryException failure) {
        try {
            Files.deleteIfExists(file);
            for (Path companion : companions(file)) {
                Files.deleteIfExists(companion);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
