package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sovereign files that change without an authorized change, under the eyes of a real daemon and behind its back. */
@Timeout(180)
final class SovereignDriftTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PLAN = "_cortex/MASTER_PLAN.md";
    private static final String SPECS = "config/specs.json";
    private static final String HOOKS = ".claude/settings.json";

    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Path project;

    @BeforeEach
    void start_with_a_project() throws Exception {
        tower.start();
        project = Files.createDirectory(tower.home().resolve("demo"));
        assertThat(call("POST", "/api/projects/init", "{\"path\":\"" + project + "\"}")
                        .path("status")
                        .asText())
                .isEqualTo("success");
    }

    @AfterEach
    void forget_the_projects() throws Exception {
        for (String name : List.of("demo", "other")) {
            call("DELETE", "/api/projects/" + name, "");
            DaemonProcess.removeTree(tower.home().resolve(name));
        }
    }

    private JsonNode call(String method, String path, String body) {
        return new TowerHttp(tower.paths().httpSocket())
                .send(method, path, body.isEmpty() ? null : body)
                .json();
    }

    private JsonNode drifts() {
        return call("GET", "/api/ads/events?action_type=sovereign_file_drift", "");
    }

    /** Target, and how it was noticed, of each drift on the ledger. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (JsonNode event : drifts()) {
            JsonNode data = event.path("action_data");
            told.add(data.path("target_path").asText() + " "
                    + data.path("noticed").asText());
        }
        return told;
    }

    private void awaitTold(String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).containsExactlyInAnyOrder(expected));
    }

    @Test
    void a_file_that_is_edited_by_hand_is_noticed_and_told_in_full() throws Exception {
        // in one step, so that no look finds the file empty
        Path edited = Files.writeString(tower.home().resolve("edited"), "{\"specs\": {}}");
        Files.move(edited, project.resolve(SPECS), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        awaitTold(SPECS + " watch");
        JsonNode event = drifts().get(0);
        assertThat(event.path("agent").asText()).isEqualTo("SYSTEM");
        assertThat(event.path("role").asText()).isEqualTo("Sentry");
        assertThat(event.path("tier").asInt()).isEqualTo(1);
        assertThat(event.path("authorized").asBoolean(true)).isFalse();
        assertThat(event.path("escalation").asBoolean()).isTrue();
        assertThat(event.path("description").asText()).contains(SPECS);
        assertThat(event.path("action_data").path("before_sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(event.path("action_data").path("after_sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(call("GET", "/api/projects/demo", "").path("last_drift"))
                .isEqualTo(JSON.createObjectNode()
                        .put("event_id", event.path("event_id").asText())
                        .put("target_path", SPECS)
                        .put("ts", event.path("ts").asText()));
        assertThat(tower.run("project", "show", "demo").orThrow().out())
                .contains("last_drift=")
                .contains(SPECS);
        assertThat(tower.run("ledger", "query", "--type", "sovereign_file_drift")
                        .orThrow()
                        .out())
                .contains(SPECS);
        assertThat(call("GET", "/api/ads/integrity", "").path("valid").asBoolean())
                .isTrue();
    }

    @Test
    void files_that_appear_in_new_folders_are_replaced_or_go_are_noticed() throws Exception {
        Files.createDirectory(project.resolve(".claude"));
        Files.writeString(project.resolve(HOOKS), "{}");
        awaitTold(HOOKS + " watch");
        Files.writeString(project.resolve("new"), "# Another plan\n");
        Files.move(project.resolve("new"), project.resolve(PLAN), StandardCopyOption.REPLACE_EXISTING);
        awaitTold(HOOKS + " watch", PLAN + " watch");
        Files.delete(project.resolve(HOOKS));
        awaitTold(HOOKS + " watch", PLAN + " watch", HOOKS + " watch");
        assertThat(drifts().get(2).path("action_data").path("after_sha256").isNull())
                .isTrue();
    }

    @Test
    void what_changed_while_no_daemon_ran_is_told_once_whether_it_was_stopped_or_killed() throws Exception {
        tower.stop();
        Files.writeString(project.resolve(PLAN), "by hand\n");
        tower.start();
        awaitTold(PLAN + " start");
        tower.kill();
        Files.delete(project.resolve(SPECS));
        tower.start();
        awaitTold(PLAN + " start", SPECS + " start");
        tower.stop();
        tower.start();
        call("GET", "/api/projects", "");
        assertThat(told()).hasSize(2);
    }

    @Test
    void what_a_human_authorized_is_no_drift_neither_at_once_nor_after_a_restart() throws Exception {
        String id = call(
                        "POST",
                        "/api/governance/sovereign-requests",
                        "{\"agent\":\"CLAUDE\",\"role\":\"Developer\",\"target_path\":\"" + PLAN
                                + "\",\"change_type\":\"append\",\"content\":\"more\\n\"}")
                .path("scr_id")
                .asText();
        assertThat(call("PUT", "/api/governance/sovereign-requests/" + id, "{\"action\":\"authorize\"}")
                        .path("new_status")
                        .asText())
                .isEqualTo("authorized");
        assertThat(call("PUT", "/api/governance/roles/Developer", "{\"paths\":[\"lib/\"]}")
                        .path("status")
                        .asText())
                .isEqualTo("success");
        // a marker: when it is told, so would be everything before it
        Files.createDirectory(project.resolve(".claude"));
        Files.writeString(project.resolve(HOOKS), "{}");
        awaitTold(HOOKS + " watch");
        tower.kill();
        tower.start();
        call("GET", "/api/projects", "");
        assertThat(told()).containsExactly(HOOKS + " watch");
        assertThat(call("GET", "/api/ads/events", ""))
                .extracting(event -> event.path("action_type").asText())
                .containsExactly(
                        "project_init",
                        "sovereign_change_proposed",
                        "sovereign_change_authorized",
                        "sovereign_change_applied",
                        "governance_config_updated",
                        "sovereign_file_drift");
    }

    @Test
    void under_a_stream_of_authorized_changes_nothing_is_taken_for_a_drift() throws Exception {
        for (int i = 0; i < 40; i++) {
            call("PUT", "/api/governance/roles/Developer", "{\"paths\":[\"lib" + i + "/\"]}");
        }
        Files.writeString(project.resolve(PLAN), "by hand\n");
        awaitTold(PLAN + " watch");
    }

    @Test
    void a_folder_that_is_registered_is_taken_as_it_is_and_watched_from_then_on() throws Exception {
        Path other =
                Files.createDirectories(tower.home().resolve("other/config")).getParent();
        Files.writeString(other.resolve(SPECS), "{\"specs\": {}}");
        call("POST", "/api/projects", "{\"path\":\"" + other + "\"}");
        Files.writeString(other.resolve(SPECS), "{}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                call("GET", "/api/ads/events?project=other&action_type=sovereign_file_drift", ""))
                        .hasSize(1));
        assertThat(told("demo")).isEmpty();
    }

    @Test
    void a_folder_with_more_files_than_are_looked_at_is_told_on_the_ledger_once_and_by_the_doctor() throws Exception {
        Path other = Files.createDirectories(tower.home().resolve("other"));
        Files.createDirectories(other.resolve("config"));
        Files.writeString(other.resolve(SPECS), "{}");
        Files.writeString(other.resolve("config/dttp.json"), "{\"sovereign_paths\": [\"many/\"]}");
        Files.createDirectory(other.resolve("many"));
        for (int i = 0; i <= 10_000; i++) {
            Files.createFile(other.resolve("many/" + i));
        }
        call("POST", "/api/projects", "{\"path\":\"" + other + "\"}");
        String events = "/api/ads/events?project=other&action_type=sovereign_watch_incomplete";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(call("GET", events, "")).hasSize(1));
        JsonNode event = call("GET", events, "").path(0);
        assertThat(event.path("agent").asText()).isEqualTo("SYSTEM");
        assertThat(event.path("action_data").path("target_path").asText()).isEqualTo("many");

        tower.kill();
        tower.start();
        CommandResult doctor = tower.run("doctor");
        assertThat(doctor.exitCode()).as(doctor.toString()).isEqualTo(5);
        assertThat(doctor.out())
                .contains("project:other:many\tfail\t", "holds more files than are looked at", "sovereign_paths");
        assertThat(call("GET", events, "")).hasSize(1);
    }

    @Test
    void a_very_deep_tree_hides_only_itself_and_is_told_on_the_ledger_once_and_by_the_doctor() throws Exception {
        Path other = Files.createDirectories(tower.home().resolve("other"));
        Files.createDirectories(other.resolve("config"));
        Files.writeString(other.resolve("config/dttp.json"), "{\"sovereign_paths\": [\"sov/\"]}");
        Files.createDirectories(other.resolve("sov" + "/d".repeat(300)));
        Files.writeString(other.resolve("sov/file"), "1");
        call("POST", "/api/projects", "{\"path\":\"" + other + "\"}");
        String events = "/api/ads/events?project=other&action_type=sovereign_watch_incomplete";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(call("GET", events, "")).hasSize(1));
        JsonNode data = call("GET", events, "").path(0).path("action_data");
        assertThat(data.path("target_path").asText()).isEqualTo("sov");
        assertThat(data.path("unseen_path").asText()).isEqualTo("sov" + "/d".repeat(257));

        Files.writeString(other.resolve("sov/file"), "2");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(told("other")).singleElement().asString().contains("sov/file"));
        CommandResult doctor = tower.run("doctor");
        assertThat(doctor.exitCode()).as(doctor.toString()).isEqualTo(5);
        assertThat(doctor.out()).contains("project:other:sov\tfail\t", "not all of it can be looked at");
        assertThat(call("GET", events, "")).hasSize(1);
    }

    private List<String> told(String name) {
        List<String> told = new ArrayList<>();
        call("GET", "/api/ads/events?project=" + name + "&action_type=sovereign_file_drift", "")
                .forEach(event -> told.add(event.toString()));
        return told;
    }

    @Test
    void paths_that_the_settings_add_are_watched_without_a_drift_of_their_own() throws Exception {
        Files.writeString(project.resolve("key"), "1");
        String id = call(
                        "POST",
                        "/api/governance/sovereign-requests",
                        "{\"agent\":\"CLAUDE\",\"role\":\"Developer\",\"target_path\":\"config/dttp.json\","
                                + "\"change_type\":\"json_merge\",\"merge_data\":{\"sovereign_paths\":[\"key\",\"keys/\"]}}")
                .path("scr_id")
                .asText();
        call("PUT", "/api/governance/sovereign-requests/" + id, "{\"action\":\"authorize\"}");
        Files.writeString(project.resolve("key"), "2");
        Files.createDirectory(project.resolve("keys"));
        Files.writeString(project.resolve("keys/one"), "1");
        awaitTold("key watch", "keys/one watch");
    }

    @Test
    void nobody_can_forge_a_drift() {
        JsonNode refused = call(
                "POST",
                "/api/ads/log",
                "{\"event_id\":\"evt_1\",\"ts\":\"2026-02-20T21:13:15Z\",\"agent\":\"CLAUDE\",\"role\":\"Developer\","
                        + "\"action_type\":\"sovereign_file_drift\",\"description\":\"d\",\"spec_ref\":null,"
                        + "\"authorized\":false}");
        assertThat(refused.path("status").asText()).isEqualTo("error");
        assertThat(told()).isEmpty();
    }
}
