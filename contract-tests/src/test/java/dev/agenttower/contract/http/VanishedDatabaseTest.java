package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database whose files are taken away while the daemon runs: no write is acknowledged any more. */
final class VanishedDatabaseTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(tower.home().resolve(name).resolve("config"));
        Files.writeString(folder.resolve("jurisdictions.json"), quoted(GovernedFolder.ROLES));
        Files.writeString(folder.resolve("specs.json"), quoted(GovernedFolder.SPECS));
        return folder.getParent();
    }

    private Reply register(String name) throws IOException {
        return new TowerHttp(tower.paths().httpSocket()).post("/api/projects", "{'path':'" + folder(name) + "'}");
    }

    @ParameterizedTest
    @CsvSource({"deleted,''", "moved,''", "replaced,''", "deleted,-wal", "deleted,-shm"})
    void a_write_fails_instead_of_being_lost(String how, String companion) throws IOException {
        tower.start();
        register("before").has(201);
        Path file = tower.paths().database().resolveSibling("agenttower.sqlite3" + companion);
        Path other = tower.home().resolve("other.sqlite3");
        switch (how) {
            case "deleted" -> Files.delete(file);
            case "moved" -> Files.move(file, other);
            default -> {
                Files.copy(file, other, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Reply refused = register("after").has(500);
        assertThat(refused.body()).contains(file.toString(), "while it was in use");
        assertThat(tower.call("list_panes").path("ok").asBoolean())
                .as("reads go on")
                .isTrue();
        if (companion.isEmpty()) {
            assertThat(sqlite().path("status").asText()).isEqualTo("degraded");
            assertThat(sqlite().toString()).contains("while it was in use");
        }
    }

    @Test
    void a_file_that_is_put_back_is_used_again() throws IOException {
        tower.start();
        register("before").has(201);
        Path other = Files.move(tower.paths().database(), tower.home().resolve("other.sqlite3"));
        register("meanwhile").has(500);
        Files.move(other, tower.paths().database());
        register("after").has(201);
        tower.kill();
        tower.start();
        assertThat(new TowerHttp(tower.paths().httpSocket())
                        .get("/api/projects")
                        .body())
                .contains(tower.home() + "/before", tower.home() + "/after")
                .doesNotContain(tower.home() + "/meanwhile");
    }

    private JsonNode sqlite() {
        JsonNode readiness = tower.call("app.readiness", Map.of("app_session_token", tower.hello()));
        for (JsonNode subsystem : readiness.path("result").path("subsystems")) {
            if (subsystem.path("name").asText().equals("sqlite")) {
                return subsystem;
            }
        }
        throw new AssertionError(readiness.toString());
    }
}
