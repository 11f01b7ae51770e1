package dev.agenttower.sqlite;

import static java.util.Objects.requireNonNull;

import dev.agenttower.sqlite.database.Connections;
import dev.agenttower.sqlite.database.PrivateFiles;
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
 * The database file: creates it, checks who may use it, and brings it to the current schema.
 *
 * <p>Safe against other processes and threads that prepare the same file at the same time.
 */
public final class Registry {
    private static final List<String> COMPANION_SUFFIXES = List.of("-journal", "-wal", "-shm");
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Registry() {}

    /** What {@link #prepare} found. */
    public enum Outcome {
        /** There was no file. */
        CREATED,
        /** There was a file. */
        EXISTED
    }

    /**
     * Makes the file ready for {@link SqliteStores}: missing folders are created with mode 0700 and a missing file with mode 0600, an
     * older schema is migrated. No connection stays open, so that no companion file stays where no other process uses the database.
     *
     * <p>After a failure an existing file is as it was, and a file that this call created is gone.
     *
     * @throws UnsafePathException if the file, its folder or a companion file may be used by others, or the system refuses one of them
     * @throws RegistryException if SQLite cannot read or migrate the file, a newer build has written it, or it does not say its version
     */
    public static Outcome prepare(Path database) {
        Path file = requireNonNull(database, "database").toAbsolutePath();
        PrivateFiles.ensureDirectory(requireNonNull(file.getParent(), "the folder of the database"));
        for (Path companion : companions(file)) {
            // another process that prepares the file makes and removes these meanwhile
            PrivateFiles.checkFileIfThere(companion);
        }
        boolean isNew = PrivateFiles.createFile(file);
        if (!isNew) {
            PrivateFiles.checkFile(file);
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
        // SQLite gives its companion files the mode of the database.
        Connections connections = new Connections(file);
        try (Connection connection = connections.open()) {
            Migrations.check(connection);
            useWriteAheadLog(connection, connections.busyTimeoutMillis());
            Migrations.run(connection);
        }
    }

    /**
     * SQLite answers "busy" at once, without its usual wait, when two connections switch a file at the same time; so the wait is here.
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

    // Only where the file was made here and nobody else is at it: a log that another process writes must never go.
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
