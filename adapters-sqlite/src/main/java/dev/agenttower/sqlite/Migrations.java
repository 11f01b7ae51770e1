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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Migrates a database to the current version of the schema.
 *
 * <p>The steps are SQL files, one for each version. Blank lines divide a file into blocks; a block that begins with {@code -- when:
 * <query>} runs only if the query yields a number other than zero. Every step is idempotent, so all of them run each time, which also
 * restores dropped tables.
 */
final class Migrations {
    /** The schema version of this build. */
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
            "agents.sql",
            "events.sql",
            "governance.sql",
            "queue.sql");
    private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");
    private static final String VERSION_TABLES =
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";
    private static final String OTHER_TABLES = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"
            + " AND name <> 'schema_version' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    private static final String REFUSED = "; refusing to open, nothing was changed";
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)");
    private static final String NAMED_TABLE = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '%s'";
    private static final String CONDITION = "-- when: ";

    private Migrations() {}

    /**
     * Refuses a database that this build must not use. Changes nothing.
     *
     * @throws RegistryException if a newer build wrote it, or its version is not stored
     */
    static void check(Connection connection) throws SQLException {
        // In one transaction, because another process may be creating the tables.
        transaction(connection, "BEGIN", Migrations::storedVersion);
    }

    /**
     * Runs all steps in one transaction that starts with the write lock; a failed attempt leaves nothing behind.
     *
     * @throws RegistryException as {@link #check}
     */
    static void run(Connection connection) throws SQLException {
        transaction(connection, "BEGIN IMMEDIATE", Migrations::migrate);
    }

    private static void transaction(Connection connection, String begin, Work work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(begin);
            try {
                work.run(statement);
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
        @Nullable Long version = storedVersion(statement);
        for (String step : STEPS) {
            runStep(statement, step);
        }
        if (version == null) {
            statement.executeUpdate("INSERT INTO schema_version (version) VALUES (" + CURRENT + ")");
        } else if (version < CURRENT) {
            statement.executeUpdate("UPDATE schema_version SET version = " + CURRENT);
        }
    }

    /** The stored version; null for a new database. */
    private static @Nullable Long storedVersion(Statement statement) throws SQLException {
        if (!isTrue(statement, VERSION_TABLES)) {
            return requireNew(statement, "the table schema_version is missing");
        }
        try (ResultSet rows = statement.executeQuery("SELECT version, typeof(version) FROM schema_version LIMIT 2")) {
            if (!rows.next()) {
                return requireNew(statement, "schema_version row missing");
            }
            long version = rows.getLong(1);
            String shown =
                    rows.getString(2).equals("integer") ? Long.toString(version) : "of type " + rows.getString(2);
            if (rows.next()) {
                throw new RegistryException("schema_version has more than one row" + REFUSED);
            }
            if (!shown.equals(Long.toString(version)) || version < 1) {
                throw new RegistryException("on-disk schema_version is " + shown + ", which is no version" + REFUSED);
            }
            if (version > CURRENT) {
                throw new RegistryException("on-disk schema_version=" + version + " is newer than this build supports ("
                        + CURRENT + "); refusing to open");
            }
            requireNothingLater(statement, version);
            return version;
        }
    }

    /** A step and its version are committed together, so no table precedes its version. */
    private static void requireNothingLater(Statement statement, long version) throws SQLException {
        for (long later = version + 1; later <= CURRENT; later++) {
            Matcher table = TABLE.matcher(read(later + ".sql"));
            while (table.find()) {
                if (isTrue(statement, NAMED_TABLE.formatted(table.group(1)))) {
                    throw new RegistryException("on-disk schema_version is " + version + ", but there is the table "
                            + table.group(1) + " of version " + later + REFUSED);
                }
            }
        }
    }

    private static @Nullable Long requireNew(Statement statement, String flaw) throws SQLException {
        if (isTrue(statement, OTHER_TABLES)) {
            throw new RegistryException(flaw + " in a database that has tables" + REFUSED);
        }
        return null;
    }

    /** Runs one SQL file. */
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

    private interface Work {
        void run(Statement statement) throws SQLException;
    }
}
