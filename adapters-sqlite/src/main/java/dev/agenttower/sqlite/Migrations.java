package dev.agenttower.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the current version of the schema.
 *
 * <p>The steps are SQL files, one for each version. Blank lines divide a file into blocks; a block that begins with
 * {@code -- when: <query>} runs only if the query yields a number other than zero. Every step may be run again on a database
 * that has it already, so all of them run each time, which also brings back tables that somebody dropped.
 */
final class Migrations {
    /** The version that this build reads and writes. */
    static final int CURRENT = 8;

    private static final List<String> STEPS = List.of(
            "1.sql",
            "2.sql",
            "3.sql",
            "4.sql",
            "5.sql",
            "6.sql",
            "7.sql",
            "8.sql",
            "indexes.sql",
            "panes.sql",
            "governance.sql");
    private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");
    private static final String CONDITION = "-- when: ";

    private Migrations() {}

    /**
     * Refuses a database that a newer build has written. Changes nothing.
     *
     * @throws RegistryException if the stored version is above {@link #CURRENT}
     */
    static void refuseNewer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (isTrue(statement, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'")) {
                checkVersion(statement);
            }
        }
    }

    /**
     * Runs all steps in one transaction that begins with the write lock; nothing remains of a failed attempt.
     *
     * @throws RegistryException if the stored version is above {@link #CURRENT}
     */
    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            try {
                migrate(statement);
                statement.executeUpdate("COMMIT");
            } catch (SQLException | RuntimeException e) {
                rollBack(statement, e);
                throw e;
            }
        }
    }

    private static void rollBack(Statement statement, Exception failure) {
        try {
            statement.executeUpdate("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void migrate(Statement statement) throws SQLException {
        runStep(statement, STEPS.get(0));
        @Nullable Integer version = checkVersion(statement);
        for (String step : STEPS.subList(1, STEPS.size())) {
            runStep(statement, step);
        }
        if (version == null) {
            statement.executeUpdate("INSERT INTO schema_version (version) VALUES (" + CURRENT + ")");
        } else if (version < CURRENT) {
            statement.executeUpdate("UPDATE schema_version SET version = " + CURRENT);
        }
    }

    private static @Nullable Integer checkVersion(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM schema_version")) {
            rows.next();
            int version = rows.getInt(1);
            if (rows.wasNull()) {
                return null;
            }
            if (version > CURRENT) {
                throw new RegistryException("on-disk schema_version=" + version + " is newer than this build supports ("
                        + CURRENT + "); refusing to open");
            }
            return version;
        }
    }

    /** Runs one of the files. */
    static void runStep(Statement statement, String name) throws SQLException {
        for (String block : BLANK_LINES.splitAsStream(read(name)).toList()) {
            if (applies(statement, block)) {
                statement.executeUpdate(block);
            }
        }
    }

    private static boolean applies(Statement statement, String block) throws SQLException {
        return !block.startsWith(CONDITION)
                || isTrue(statement, block.substring(CONDITION.length(), block.indexOf('\n')));
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getInt(1) != 0;
        }
    }

    private static String read(String name) {
        try (@Nullable InputStream in = Migrations.class.getResourceAsStream("schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file schema/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
