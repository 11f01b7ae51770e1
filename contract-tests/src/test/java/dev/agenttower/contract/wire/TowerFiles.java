package dev.agenttower.contract.wire;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a daemon has written, read beside it as another program would. */
final class TowerFiles {
    private final DaemonProcess tower;

    TowerFiles(DaemonProcess tower) {
        this.tower = tower;
    }

    /** The rows of a query. */
    List<List<@Nullable Object>> rows(String query) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + tower.paths().database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getObject(column));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The only row of a query. */
    List<@Nullable Object> row(String query) {
        List<List<@Nullable Object>> rows = rows(query);
        if (rows.size() != 1) {
            throw new AssertionError(query + " gives " + rows);
        }
        return rows.get(0);
    }

    /** The only value of the only row of a query. */
    @Nullable Object value(String query) {
        return row(query).get(0);
    }

    /** The lines of the audit trail as they are; none where there is no file. */
    List<String> auditLines() {
        try {
            return Files.exists(tower.paths().events())
                    ? Files.readAllLines(tower.paths().events())
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the audit trail. */
    List<JsonNode> audit() {
        return auditLines().stream().map(Answers::json).toList();
    }

    /** Empties the tables of discovery and agents, and the audit trail, once the latter has got what a running daemon still owes it. */
    void forget() {
        await().until(() -> ((Number) value("SELECT COUNT(*) FROM unwritten_audits")).longValue() == 0);
        tower.sql(
                "DELETE FROM log_offsets",
                "DELETE FROM log_attachments",
                "DELETE FROM agents",
                "DELETE FROM panes",
                "DELETE FROM containers",
                "DELETE FROM container_scans",
                "DELETE FROM pane_scans",
                "DELETE FROM events",
                "DELETE FROM message_queue",
                "DELETE FROM routes");
        try {
            Files.deleteIfExists(tower.paths().events());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
