package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.workspace.ledger.FileLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another process of the user writes into a project what looks like the word of a human; the daemon takes none of it for that. */
@Timeout(180)
final class ForeignProofTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "_cortex/MASTER_PLAN.md";
    private static final String QUEUE = "_cortex/ops/sovereign_requests.json";
    private static final String LEDGER = "_cortex/ads/events.jsonl";
    private static final String INTENTS = "_cortex/ops/change-intents";
    private static final String CHANGES = "/api/governance/sovereign-requests";
    private static final String AUTHORIZED = "sovereign_change_authorized";

    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private GovernedFolder project;

    @BeforeEach
    void start() {
        tower.start();
        project = GovernedFolder.create(tower);
    }

    private String propose(String content) {
        return project.post(
                        CHANGES,
                        "{'agent':'CLAUDE','role':'Developer','target_path':'" + PLAN
                                + "','change_type':'append','content':'" + content + "'}")
                .has(201)
                .text("scr_id");
    }

    private List<JsonNode> events(String type) {
        JsonNode events = project.get("/api/ads/events" + (type.isEmpty() ? "" : "?action_type=" + type))
                .has(200)
                .json();
        return StreamSupport.stream(events.spliterator(), false).toList();
    }

    private LedgerEvent forgeEvent(String id) {
        return new FileLedger(project.path(LEDGER), InstantSource.system())
                .append(EventDraft.of("scr_auth", "HUMAN", "Collaborator", AUTHORIZED, 1, "SCR " + id + " authorized")
                        .withData(Map.of("scr_id", id, "target_path", PLAN)));
    }

    private void forgeIntent(String id, JsonNode request) throws IOException {
        String content = "forged\n";
        String before = Sha256.hex(Files.readAllBytes(project.path(PLAN)));
        project.write(PLAN, content);
        ObjectNode decided = request.deepCopy();
        decided.put("id", id).put("status", "authorized").put("authorized_by", "HUMAN");
        decided.put("target_path", PLAN);
        ObjectNode intent = JSON.createObjectNode();
        intent.put("target_path", PLAN).put("before_sha256", before);
        intent.put("after_sha256", Sha256.hex(content.getBytes(StandardCharsets.UTF_8)));
        intent.put("ledger", "0.0000000000000000").put("scr_id", id);
        intent.set("decided", decided);
        project.write(INTENTS + "/0123456789abcdef01234567.json", intent.toPrettyString());
    }

    private List<String> rejected() throws IOException {
        try (Stream<Path> files = Files.list(project.path(INTENTS))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".rejected"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_forged_record_of_a_change_is_moved_aside_and_told_once_and_nothing_is_signed(boolean hasRequest)
            throws Exception {
        String pending = propose("more");
        String id = hasRequest ? pending : "scr_20260101_000000_001";
        JsonNode request = project.get(CHANGES + "/" + pending).json();
        tower.kill();
        forgeIntent(id, request);
        tower.start();
        assertThat(events(AUTHORIZED)).isEmpty();
        assertThat(project.get(CHANGES + "/" + pending).text("status")).isEqualTo("pending");
        assertThat(events("change_intent_rejected")).singleElement().satisfies(event -> {
            assertThat(event.path("agent").asText()).isEqualTo("SYSTEM");
            assertThat(event.path("escalation").asBoolean()).isTrue();
        });
        assertThat(rejected()).hasSize(1);
        assertThat(tower.run("doctor").out()).contains("change_intent_rejected");
        tower.kill();
        tower.start();
        assertThat(events("change_intent_rejected")).hasSize(1);
        assertThat(events(AUTHORIZED)).isEmpty();
        // that the file was changed is a drift, like any other change that nobody authorized
        assertThat(events("sovereign_file_drift")).hasSize(1);
    }

    @Test
    void a_record_that_is_forged_while_the_daemon_runs_is_not_carried_out_by_the_next_decision() throws Exception {
        String first = propose("one");
        String second = propose("two");
        forgeIntent(first, project.get(CHANGES + "/" + first).json());
        project.put(CHANGES + "/" + second, "{'action':'authorize'}").has(200);
        assertThat(events(AUTHORIZED))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.path("action_data").path("scr_id").asText())
                        .isEqualTo(second));
        assertThat(project.get(CHANGES + "/" + first).text("status")).isEqualTo("pending");
    }

    @Test
    void a_record_of_garbage_does_not_keep_people_out_of_the_project() throws Exception {
        tower.stop();
        project.write(INTENTS + "/0.json", "garbage");
        Files.createDirectories(project.path(INTENTS + "/1.json"));
        tower.start();
        assertThat(events("change_intent_rejected")).hasSize(2);
        propose("more");
    }

    @Test
    void an_event_that_another_process_writes_while_the_daemon_runs_is_external_and_told_once() throws Exception {
        String id = propose("more");
        LedgerEvent forged = forgeEvent(id);
        assertThat(events(AUTHORIZED)).singleElement().satisfies(event -> {
            assertThat(event.path("event_id").asText()).isEqualTo(forged.id());
            assertThat(event.path("origin").asText()).isEqualTo("external");
        });
        propose("other");
        propose("another");
        assertThat(events("ledger_external_events")).singleElement().satisfies(event -> {
            assertThat(event.has("origin")).isFalse();
            assertThat(event.path("action_data").path("events").asInt()).isEqualTo(1);
            assertThat(event.path("action_data").path("first_event_id").asText())
                    .isEqualTo(forged.id());
        });
        assertOnlyExternal(forged.id());
        for (String command : List.of("query", "tail")) {
            assertThat(tower.run("ledger", command, "--project", project.name())
                            .orThrow()
                            .out()
                            .lines()
                            .filter(line -> line.contains("[external]")))
                    .singleElement()
                    .asString()
                    .contains(forged.id());
            assertThat(tower.run("ledger", command, "--json", "--project", project.name())
                            .orThrow()
                            .out())
                    .containsOnlyOnce("\"origin\"");
        }
        tower.kill();
        tower.start();
        propose("after");
        assertOnlyExternal(forged.id());
        assertThat(events("ledger_external_events")).hasSize(1);
        assertThat(project.get("/api/ads/integrity").json().path("valid").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_event_that_is_written_while_the_daemon_is_down_is_external_and_told_once(boolean isKilled)
            throws Exception {
        String id = propose("more");
        if (isKilled) {
            tower.kill();
        } else {
            tower.stop();
        }
        LedgerEvent forged = forgeEvent(id);
        tower.start();
        assertThat(events("ledger_external_events")).hasSize(1);
        assertOnlyExternal(forged.id());
        tower.stop();
        tower.start();
        assertThat(events("ledger_external_events")).hasSize(1);
        assertThat(tower.run("doctor").out()).contains("ledger_external_events");
    }

    @Test
    void a_whole_new_chain_that_is_written_while_the_daemon_is_down_is_told() throws Exception {
        propose("more");
        propose("other");
        tower.stop();
        Files.delete(project.path(LEDGER));
        LedgerEvent forged = forgeEvent("scr_1");
        tower.start();
        assertThat(events("ledger_rewritten")).hasSize(1);
        assertOnlyExternal(forged.id());
    }

    @Test
    void what_was_on_a_ledger_before_it_was_looked_at_stays_unmarked() throws Exception {
        Path other = Files.createDirectories(tower.home().resolve("other/_cortex/ads"));
        new FileLedger(other.resolve("events.jsonl"), InstantSource.system())
                .append(EventDraft.of("t", "CLAUDE", "Developer", "old", 3, "old"));
        Path folder = tower.home().resolve("other");
        Files.createDirectories(folder.resolve("_cortex/ops"));
        Files.writeString(
                folder.resolve(QUEUE),
                "{\"requests\":[{\"id\":\"scr_20260101_000000_041\",\"status\":\"authorized\",\"authorized_by\":\"HUMAN\"}]}");
        project.http().post("/api/projects", "{'path':'" + folder + "'}").has(201);
        assertThat(project.http().get("/api/ads/events?project=other").body())
                .contains("\"old\"")
                .doesNotContain("origin")
                .doesNotContain("external");
        assertThat(project.http().get(CHANGES + "?project=other").body())
                .contains("\"status\":\"authorized\"")
                .doesNotContain("external");
    }

    private void assertOnlyExternal(String... ids) {
        assertThat(events("").stream()
                        .filter(event -> event.path("origin").asText().equals("external"))
                        .map(event -> event.path("event_id").asText()))
                .containsExactly(ids);
    }

    @Test
    void a_decision_that_is_written_into_the_queue_authorizes_nothing_and_is_told_once() throws Exception {
        String id = propose("more");
        String decided = propose("other");
        project.put(CHANGES + "/" + decided, "{'action':'authorize'}").has(200);
        project.write(
                QUEUE,
                project.read(QUEUE)
                        .replaceFirst("\"status\": \"pending\"", "\"status\": \"authorized\"")
                        .replaceFirst("\"authorized_by\": null", "\"authorized_by\": \"HUMAN\""));
        JsonNode shown = project.get(CHANGES + "/" + id).json();
        assertThat(shown.path("status").asText()).isEqualTo("external");
        assertThat(shown.path("claimed_status").asText()).isEqualTo("authorized");
        assertThat(shown.path("origin").asText()).isEqualTo("external");
        assertThat(shown.path("authorized_by").isNull()).isTrue();
        assertThat(project.get(CHANGES + "?status=authorized").json().path("requests"))
                .singleElement()
                .satisfies(request -> assertThat(request.path("id").asText()).isEqualTo(decided));
        assertThat(project.put(CHANGES + "/" + id, "{'action':'authorize'}")
                        .has(400)
                        .text("error"))
                .isEqualTo("SCR is already external");
        assertThat(tower.run("scr", "list", "--all", "--project", project.name())
                        .orThrow()
                        .out())
                .contains(id + "\texternal")
                .contains(decided + "\tauthorized");
        assertThat(tower.run("scr", "show", id, "--project", project.name())
                        .orThrow()
                        .out())
                .contains("external")
                .doesNotContain("HUMAN");
        tower.kill();
        tower.start();
        assertThat(events("change_decision_external"))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.path("action_data").path("scr_id").asText())
                        .isEqualTo(id));
        tower.stop();
        tower.start();
        assertThat(events("change_decision_external")).hasSize(1);
        assertThat(project.get(CHANGES + "/" + decided).text("status")).isEqualTo("authorized");
        // other decisions go on, and change nothing about what the entry is
        propose("third");
        assertThat(project.get(CHANGES + "/" + id).text("status")).isEqualTo("external");
        assertThat(project.read(QUEUE)).doesNotContain("external");
    }

    @Test
    void nobody_can_forge_what_tells_of_it() {
        for (String type : List.of("ledger_external_events", "change_intent_rejected", "change_decision_external")) {
            project.post(
                            "/api/ads/log",
                            "{'event_id':'evt_1','ts':'2026-02-20T21:13:15Z','agent':'CLAUDE','role':'Developer',"
                                    + "'action_type':'" + type
                                    + "','description':'d','spec_ref':null,'authorized':false}")
                    .has(403);
        }
    }
}
