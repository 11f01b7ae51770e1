package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger: {@code /api/ads}. */
final class LedgerWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String LOG = "/api/ads/log";
    private static final String EVENTS = "/api/ads/events";
    private static final String FILE = "_cortex/ads/events.jsonl";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static String event(String id) {
        return "{'event_id':'" + id + "','ts':'2026-02-20T21:13:15Z','agent':'claude','role':'developer',"
                + "'action_type':'note','description':'d','spec_ref':null,'authorized':true}";
    }

    private void log(String... ids) {
        for (String id : ids) {
            project.post(LOG, event(id)).has(200);
        }
    }

    private List<String> ids(String query) {
        return project.get(EVENTS + query).has(200).json().findValuesAsText("event_id");
    }

    @Nested
    final class Logging {
        @Test
        void keeps_an_event_as_it_comes_and_chains_it() {
            project.post(
                            LOG,
                            event("one")
                                    .replace("'authorized':true", "'authorized':true,'tier':2,'hash':'x','extra':[1]"))
                    .is(200, "{'event_id':'one','status':'success'}");
            String line = project.read(FILE);
            assertThat(line)
                    .matches(
                            quoted(
                                    "\\{'event_id': 'one', 'ts': '2026-02-20T21:13:15Z', 'agent': 'CLAUDE', "
                                            + "'role': 'Developer', 'action_type': 'note', 'description': 'd', 'spec_ref': null, "
                                            + "'authorized': true, 'tier': 2, 'extra': \\[1\\], 'prev_hash': '0{64}', 'hash': '[0-9a-f]{64}'\\}\n"));
            project.get("/api/ads/integrity").is(200, "{'errors':[],'valid':true}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "null", "0", "''", "false"})
        void needs_a_body(String body) {
            project.post(LOG, body)
                    .is(400, "{'code':'INVALID_BODY','message':'Request body must be JSON','status':'error'}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"event_id", "ts", "agent", "role", "action_type", "description", "spec_ref", "authorized"})
        void needs_every_field(String key) {
            assertMismatch(event("e").replaceFirst("'" + key + "':[^,}]*,?", "").replace(",}", "}"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'ts':'2026-02-20T21:13:15Z' | 'ts':'yesterday'",
                    "'ts':'2026-02-20T21:13:15Z' | 'ts':7",
                    "'authorized':true | 'authorized':'yes'",
                    "'authorized':true | 'authorized':true,'tier':4",
                    "'authorized':true | 'authorized':true,'tier':null",
                    "'authorized':true | 'authorized':true,'tier':'1'",
                    "'agent':'claude' | 'agent':7",
                    "'description':'d' | 'description':[]",
                    "'spec_ref':null | 'spec_ref':7"
                })
        void needs_the_schema(String field, String other) {
            assertMismatch(event("e").replace(field, other));
        }

        private void assertMismatch(String body) {
            project.post(LOG, body)
                    .is(400, "{'code':'INVALID_EVENT','message':'Event does not match schema','status':'error'}");
            assertThat(project.has(FILE)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"HUMAN", "human", "SYSTEM", " System "})
        void is_not_for_the_names_of_human_and_governance(String agent) {
            project.post(LOG, event("e").replace("claude", agent))
                    .is(403, "{'code':'FORBIDDEN','message':'agent \\'" + agent + "\\' is reserved','status':'error'}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "sovereign_change_authorized",
                    "sovereign_change_applied",
                    "sovereign_file_drift",
                    "spec_approved",
                    "shatterglass_activated",
                    "break_glass",
                    "Break_Glass_Audit",
                    "governance_config_updated",
                    "integrity_reset",
                    "session_start",
                    "session_end",
                    "role_mismatch",
                    "request_filed",
                    "request_submitted",
                    "project_init",
                    "tier2_authorized",
                    "denied_edit",
                    "human_steering",
                    " ledger_x"
                })
        void is_not_for_the_types_of_governance(String type) {
            Reply reply = project.post(LOG, event("e").replace("'note'", "'" + type + "'"));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text("message")).isEqualTo("action_type '" + type + "' is reserved");
            assertThat(project.has(FILE)).isFalse();
        }

        @Test
        void bounds_an_event() {
            Reply reply = project.post(LOG, event("e").replace("'d'", "'d','more':'" + "x".repeat(70_000) + "'"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("message")).isEqualTo("event exceeds 65536 characters");
        }

        @Test
        void the_same_again_is_answered_as_the_first_time() {
            String first = event("one").replace("'authorized':true", "'authorized':true,'n':[1.10,-0],'tier':2");
            Reply answer = project.post(LOG, first).has(200);
            String line = project.read(FILE);
            project.post(LOG, first).is(200, "{'event_id':'one','status':'success'}");
            assertThat(project.post(LOG, first.replace("developer", "Developer"))
                            .body())
                    .isEqualTo(answer.body());
            project.post(LOG, first.replace("'d'", "'other'"))
                    .is(409, "{'code':'CONFLICT','message':'another event has the id \\'one\\'','status':'error'}");
            assertThat(project.read(FILE)).isEqualTo(line);
        }

        @Test
        void the_same_many_times_at_once_is_written_once() throws Exception {
            assertThat(AtOnce.call(
                            8, 40, i -> project.post(LOG, event("e" + i % 4)).status()))
                    .hasSize(40)
                    .containsOnly(200);
            assertThat(ids("")).containsExactlyInAnyOrder("e0", "e1", "e2", "e3");
        }

        @Test
        void of_many_at_once_keeps_the_chain() throws Exception {
            assertThat(AtOnce.call(8, 100, i -> {
                        log("e" + i);
                        return true;
                    }))
                    .hasSize(100)
                    .containsOnly(true);
            assertThat(ids("")).hasSize(100).doesNotHaveDuplicates();
            project.get("/api/ads/integrity").is(200, "{'errors':[],'valid':true}");
        }
    }

    @Nested
    final class Reading {
        @Test
        void of_nothing_is_an_empty_array_and_creates_nothing() {
            project.get(EVENTS).is(200, "[]");
            project.get("/api/ads/integrity").is(200, "{'errors':['ADS file not found'],'valid':false}");
            assertThat(project.has("_cortex/ads")).isFalse();
        }

        @Test
        void has_the_oldest_first_and_slices() {
            log("a", "b", "c", "d", "e");
            assertThat(ids("")).containsExactly("a", "b", "c", "d", "e");
            assertThat(ids("?limit=2")).containsExactly("a", "b");
            assertThat(ids("?limit=2&offset=3")).containsExactly("d", "e");
            assertThat(ids("?offset=4")).containsExactly("e");
            assertThat(ids("?offset=9")).isEmpty();
            assertThat(ids("?limit=x&offset=y")).hasSize(5);
            assertThat(ids("?limit=1.5")).hasSize(5);
            assertThat(ids("?limit=")).hasSize(5);
            assertThat(ids("?limit=1000")).hasSize(5);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "1001", "999999999999"})
        void takes_a_limit_of_up_to_a_thousand(String limit) {
            project.get(EVENTS + "?limit=" + limit).is(400, "{'error':'limit must be between 1 and 1000'}");
            project.get(EVENTS + "?cursor=end&limit=" + limit).is(400, "{'error':'limit must be between 1 and 1000'}");
        }

        @Test
        void takes_no_negative_offset() {
            project.get(EVENTS + "?offset=-1").is(400, "{'error':'offset must be non-negative'}");
            project.get(EVENTS + "?offset=-1&limit=0").is(400, "{'error':'limit must be between 1 and 1000'}");
        }

        @Test
        void is_filtered_before_it_is_sliced() {
            log("a");
            project.post(LOG, event("b").replace("'note'", "'idea'")).has(200);
            project.post(LOG, event("c").replace("claude", "gemini")).has(200);
            project.post(LOG, event("d").replace("developer", "Architect")).has(200);
            project.post(LOG, event("e").replace("null", "'SPEC-1'")).has(200);
            assertThat(ids("?action_type=idea")).containsExactly("b");
            assertThat(ids("?agent=GEMINI")).containsExactly("c");
            assertThat(ids("?agent=gemini")).isEmpty();
            assertThat(ids("?role=Architect")).containsExactly("d");
            assertThat(ids("?spec_ref=SPEC-1")).containsExactly("e");
            assertThat(ids("?action_type=note&limit=1&offset=1")).containsExactly("c");
            assertThat(ids("?agent=CLAUDE&role=Developer&action_type=note")).containsExactly("a", "e");
        }

        @Test
        void skips_what_is_no_event() throws IOException {
            log("a");
            Files.writeString(project.path(FILE), "no json\n[1]\n\n", StandardOpenOption.APPEND);
            log("b");
            assertThat(ids("")).contains("a", "b");
        }
    }

    @Nested
    final class Pages {
        private JsonNode page(String query) {
            return project.get(EVENTS + query).has(200).json();
        }

        private List<String> idsOf(JsonNode page) {
            return page.path("events").findValuesAsText("event_id");
        }

        @Test
        void begin_at_the_end_and_go_both_ways() {
            log("a", "b", "c", "d", "e");
            JsonNode newest = page("?cursor=end&limit=2");
            assertThat(newest.fieldNames()).toIterable().containsExactly("after", "before", "events", "has_more");
            assertThat(idsOf(newest)).containsExactly("d", "e");
            assertThat(newest.path("has_more")).hasToString("true");
            JsonNode older = page("?direction=backward&limit=2&cursor="
                    + newest.path("before").asText());
            assertThat(idsOf(older)).containsExactly("b", "c");
            JsonNode oldest = page(
                    "?direction=backward&limit=2&cursor=" + older.path("before").asText());
            assertThat(idsOf(oldest)).containsExactly("a");
            assertThat(oldest.path("has_more")).hasToString("false");
            JsonNode none = page("?cursor=" + newest.path("after").asText());
            assertThat(idsOf(none)).isEmpty();
            assertThat(none.path("has_more")).hasToString("false");
            log("f");
            assertThat(idsOf(page("?cursor=" + none.path("after").asText()))).containsExactly("f");
        }

        @Test
        void begin_at_the_start() {
            log("a", "b", "c");
            JsonNode first = page("?cursor=start&limit=2");
            assertThat(idsOf(first)).containsExactly("a", "b");
            assertThat(idsOf(page("?cursor=" + first.path("after").asText()))).containsExactly("c");
            assertThat(idsOf(page("?cursor=end&direction=forward"))).isEmpty();
            assertThat(idsOf(page("?cursor=start&direction=backward"))).isEmpty();
        }

        @Test
        void are_filtered() {
            log("a");
            project.post(LOG, event("b").replace("'note'", "'idea'")).has(200);
            log("c");
            assertThat(idsOf(page("?cursor=start&action_type=idea"))).containsExactly("b");
            assertThat(idsOf(page("?cursor=end&action_type=note&limit=1"))).containsExactly("c");
        }

        @Test
        void of_nothing_are_empty() {
            assertThat(idsOf(page("?cursor=start"))).isEmpty();
            assertThat(idsOf(page("?cursor=end"))).isEmpty();
            assertThat(project.has("_cortex/ads")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "1", ".", "-1.0", "1.0123456789abcdef0", "99999999999999999999.0"})
        void take_no_cursor_that_is_none(String cursor) {
            project.get(EVENTS + "?cursor=" + cursor).is(400, "{'error':'cursor is malformed'}");
        }

        @Test
        void take_no_cursor_of_another_ledger() {
            log("a", "b");
            project.get(EVENTS + "?cursor=5.ffffffffffffffff").has(409);
            project.get(EVENTS + "?cursor=999999.ffffffffffffffff").has(409);
        }

        @Test
        void go_forward_or_backward_only() {
            project.get(EVENTS + "?cursor=start&direction=up")
                    .is(400, "{'error':'direction is neither forward nor backward'}");
        }
    }

    @Nested
    final class Tampering {
        @Test
        void is_named_by_its_line() throws IOException {
            log("a", "b", "c");
            Path file = project.path(FILE);
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.set(1, lines.get(1).replace("\"d\"", "\"D\""));
            Files.writeString(file, String.join("\n", lines) + "\n");
            JsonNode integrity = project.get("/api/ads/integrity").has(200).json();
            assertThat(integrity.path("valid")).hasToString("false");
            assertThat(integrity.path("errors").path(0).asText())
                    .matches("Line 2: Invalid hash \\(expected [0-9a-f]{64}\\)");
            lines.remove(1);
            Files.writeString(file, String.join("\n", lines) + "\n");
            assertThat(project.get("/api/ads/integrity")
                            .json()
                            .path("errors")
                            .path(0)
                            .asText())
                    .matches("Line 2: Broken chain link \\(expected prev_hash [0-9a-f]{64}\\)");
            lines.set(0, "no json");
            Files.writeString(file, String.join("\n", lines) + "\n");
            assertThat(project.get("/api/ads/integrity")
                            .json()
                            .path("errors")
                            .path(0)
                            .asText())
                    .isEqualTo("Line 1: Invalid JSON");
        }

        @Test
        void is_healed_by_a_human_and_the_evidence_kept() throws IOException {
            log("a", "b", "c");
            Path file = project.path(FILE);
            String tampered = Files.readString(file).replaceFirst("\"d\"", "\"D\"");
            Files.writeString(file, tampered);
            project.post("/api/ads/heal", "{'reason':'r'}", "X-Agent: A")
                    .is(403, "{'error':'Only humans can heal the ledger'}");
            project.post("/api/ads/heal", "{}").is(400, "{'error':'reason is required'}");
            project.post("/api/ads/heal", "{'reason':' '}").is(400, "{'error':'reason is required'}");
            Reply healed = project.post("/api/ads/heal", "{'reason':'seen it'}");
            healed.is(200, "{'event_id':'" + healed.text("event_id") + "','status':'success'}");
            JsonNode reset = project.events().get(0);
            assertThat(reset.path("action_type").asText()).isEqualTo("integrity_reset");
            assertThat(reset.path("agent").asText()).isEqualTo("SYSTEM");
            assertThat(reset.path("spec_ref").asText()).isEqualTo("SPEC-020");
            assertThat(reset.path("action_data").path("first_bad_line").asInt()).isEqualTo(1);
            assertThat(reset.path("action_data").path("reason").asText()).isEqualTo("seen it");
            Path segment = file.resolveSibling(
                    reset.path("action_data").path("segment").asText());
            assertThat(Files.readString(segment)).isEqualTo(tampered);
            project.get("/api/ads/integrity").is(200, "{'errors':[],'valid':true}");
            project.post("/api/ads/heal", "{'reason':'again'}").is(409, "{'error':'nothing is wrong with the ledger'}");
        }

        @Test
        void has_nothing_to_heal_where_there_is_no_ledger() {
            project.post("/api/ads/heal", "{'reason':'r'}").is(404, "{'error':'there is no ledger to heal'}");
        }

        @Test
        void of_the_last_line_is_put_aside_with_the_next_event() throws IOException {
            log("a");
            Files.writeString(project.path(FILE), "{\"torn", StandardOpenOption.APPEND);
            log("b");
            assertThat(project.eventTypes()).containsExactly("note", "ledger_tail_quarantined", "note");
            project.get("/api/ads/integrity").is(200, "{'errors':[],'valid':true}");
            try (Stream<Path> files = Files.list(project.path("_cortex/ads"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .anyMatch(name -> name.startsWith("events.jsonl.torn-"));
            }
        }
    }
}
