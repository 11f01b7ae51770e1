package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of sovereign files: {@code /api/governance/sovereign-requests}. */
final class ChangeRequestWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String SCR = "/api/governance/sovereign-requests";
    private static final String QUEUE = "_cortex/ops/sovereign_requests.json";
    private static final String PLAN = "_cortex/MASTER_PLAN.md";
    private static final String AUTHORIZE = "{'action':'authorize'}";
    private static final String REJECT = "{'action':'reject','reason':'not now'}";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static String change(String path, String type, String payload) {
        return "{'agent':'CLAUDE','role':'Developer','target_path':'" + path + "','change_type':'" + type + "'"
                + payload + "}";
    }

    private static String append(String content) {
        return change(PLAN, "append", ",'content':'" + content + "'");
    }

    private String submitted(String body) {
        return project.post(SCR, body).has(201).text("scr_id");
    }

    private Reply decide(String id, String body, String... headers) {
        return project.put(SCR + "/" + id, body, headers);
    }

    private JsonNode shown(String id) {
        return project.get(SCR + "/" + id).has(200).json();
    }

    private void assertPending(String id) {
        assertThat(shown(id).path("status").asText()).isEqualTo("pending");
    }

    @Nested
    final class Submission {
        @Test
        void answers_with_an_id_and_puts_the_request_into_the_queue() {
            Reply reply = project.post(
                    SCR,
                    "{'agent':'claude','role':'developer','target_path':'config/specs.json','change_type':'json_merge',"
                            + "'merge_data':{'specs':{}},'description':'why','ignored':1}");
            String id = reply.text("scr_id");
            reply.is(
                    201,
                    "{'message':'Change request submitted. Awaiting human authorization in ADT Panel.','scr_id':'" + id
                            + "','status':'queued'}");
            assertThat(id).matches("scr_\\d{8}_\\d{6}_001");
            assertThat(project.read(QUEUE))
                    .matches("(?s)\\{\n  \"requests\": \\[\n    \\{\n      \"id\": \"" + id
                            + "\",\n      \"ts\": \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?Z\",\n      \"agent\": \"claude\",\n"
                            + "      \"role\": \"Developer\",\n      \"spec_ref\": null,\n      \"intent_id\": null,\n"
                            + "      \"target_path\": \"config/specs.json\",\n      \"change_type\": \"json_merge\",\n"
                            + "      \"description\": \"why\",\n      \"status\": \"pending\",\n      \"authorized_by\": null,\n"
                            + "      \"authorized_at\": null,\n      \"merge_data\": \\{\n.*");
            JsonNode event = project.lastEvent();
            assertThat(event.path("action_type").asText()).isEqualTo("sovereign_change_proposed");
            assertThat(event.path("agent").asText()).isEqualTo("CLAUDE");
            assertThat(event.path("role").asText()).isEqualTo("Developer");
            assertThat(event.path("tier").asInt()).isEqualTo(3);
            assertThat(event.path("authorized")).hasToString("true");
            assertThat(event.path("spec_ref").asText()).isEqualTo("SPEC-033");
            assertThat(event.path("description").asText())
                    .isEqualTo("SCR " + id + " proposed for config/specs.json: why");
            assertThat(event.path("action_data"))
                    .hasToString(quoted("{'intent_id':null,'scr_id':'" + id + "','target_path':'config/specs.json'}"));
            assertThat(event.path("event_id").asText()).contains("_scr_prop_");
        }

        @Test
        void keeps_the_spec_and_the_intent_that_it_belongs_to() {
            project.write("_cortex/capabilities/intents.jsonl", quoted("{'intent_id':'INT-1','status':'Active'}\n"));
            String id = submitted(change(PLAN, "append", ",'content':'x','spec_ref':'SPEC-002','intent_id':'INT-1'"));
            assertThat(shown(id).path("spec_ref").asText()).isEqualTo("SPEC-002");
            assertThat(shown(id).path("intent_id").asText()).isEqualTo("INT-1");
            assertThat(project.lastEvent().path("spec_ref").asText()).isEqualTo("SPEC-002");
        }

        @ParameterizedTest
        @ValueSource(strings = {"agent", "role", "target_path", "change_type"})
        void needs_agent_role_target_and_type(String key) {
            String whole = append("x");
            String missing = "{'error':'Missing required fields'}";
            project.post(SCR, whole.replace("'" + key + "':", "'other':")).is(400, missing);
            for (String value : List.of("null", "''", "1", "[]", "{}", "true")) {
                project.post(SCR, whole.replaceFirst("'" + key + "':'[^']*'", "'" + key + "':" + value))
                        .is(400, missing);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "null", "''", "0", "false"})
        void of_nothing_lacks_everything(String body) {
            project.post(SCR, body).is(400, "{'error':'Missing required fields'}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "README.md",
                    "./config/specs.json",
                    "config//specs.json",
                    "config/../config/specs.json",
                    "config",
                    "config/",
                    "Config/specs.json",
                    "src/a",
                    "../config/specs.json"
                })
        void takes_the_very_names_of_sovereign_files_only(String path) {
            project.post(SCR, change(path, "append", ",'content':'x'"))
                    .is(400, "{'error':'Path " + path + " is not a sovereign path'}");
        }

        @Test
        void takes_no_absolute_path() {
            project.post(SCR, change(project.path(PLAN).toString(), "append", ",'content':'x'"))
                    .has(400);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "_cortex/AI_PROTOCOL.md",
                    ".claude/settings.json",
                    ".claude/settings.local.json",
                    ".gemini/settings.json",
                    ".codex/hooks.json",
                    ".codex/config.toml"
                })
        void takes_files_that_are_not_there_yet(String path) {
            String content = path.endsWith(".json") ? "{}" : "a = 1";
            String id = submitted(change(path, "full_replace", ",'content':'" + content + "'"));
            decide(id, AUTHORIZE).has(200);
            assertThat(project.read(path)).isEqualTo(content);
        }

        @Test
        void takes_what_the_project_calls_sovereign_as_well() {
            project.write("config/dttp.json", quoted("{'sovereign_paths':['secrets/','KEY']}"));
            submitted(change("secrets/deep/a", "append", ",'content':'x'"));
            submitted(change("KEY", "append", ",'content':'x'"));
            project.post(SCR, change("secrets/../secrets/a", "append", ",'content':'x'"))
                    .has(400);
        }

        @Test
        void checks_the_intent_after_the_path() {
            project.write("_cortex/capabilities/intents.jsonl", quoted("{'intent_id':'INT-2','status':'Completed'}\n"));
            String unknown = ",'content':'x','intent_id':'INT-1'";
            project.post(SCR, change("README.md", "append", unknown))
                    .is(400, "{'error':'Path README.md is not a sovereign path'}");
            project.post(SCR, change(PLAN, "dance", unknown)).is(400, "{'error':'Intent INT-1 not found'}");
            project.post(SCR, change(PLAN, "append", unknown.replace("INT-1", "INT-2")))
                    .is(400, "{'error':'Intent INT-2 is already Completed'}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "dance | ,'content':'x' | Unsupported change type: dance",
                    "patch | | Invalid patch data",
                    "patch | ,'patch':'x' | Invalid patch data",
                    "patch | ,'patch':{'old_string':'a'} | Invalid patch data",
                    "patch | ,'patch':{'old_string':'a','new_string':7} | Invalid patch data",
                    "append | | No content to append",
                    "append | ,'content':'' | No content to append",
                    "append | ,'content':7 | No content to append",
                    "json_merge | | No merge data provided",
                    "json_merge | ,'merge_data':{} | No merge data provided",
                    "json_merge | ,'merge_data':[1] | No merge data provided",
                    "full_replace | | No content for replacement",
                    "full_replace | ,'content':null | No content for replacement"
                })
        void checks_the_payload(String type, String payload, String error) {
            project.post(SCR, change("config/specs.json", type, payload == null ? "" : payload))
                    .is(400, "{'error':'" + error + "'}");
        }

        @Test
        void bounds_every_text() {
            String long129 = "x".repeat(129);
            assertTooLong(append("x").replace("CLAUDE", long129), "agent exceeds 128 characters");
            assertTooLong(append("x").replace("Developer", long129), "role exceeds 128 characters");
            assertTooLong(change(PLAN, long129, ""), "change_type exceeds 128 characters");
            assertTooLong(
                    change(PLAN, "append", ",'content':'x','spec_ref':'" + long129 + "'"),
                    "spec_ref exceeds 128 characters");
            assertTooLong(
                    change(PLAN, "append", ",'content':'x','description':'" + "x".repeat(20_001) + "'"),
                    "description exceeds 20000 characters");
            assertTooLong(change("x".repeat(4097), "append", ""), "target_path exceeds 4096 characters");
            assertTooLong(append("x".repeat(2_100_000)), "the proposal exceeds 2097152 characters");
            project.post(SCR, change(PLAN, "append", ",'content':'x','description':7"))
                    .is(400, "{'error':'description must be a string'}");
        }

        private void assertTooLong(String body, String error) {
            project.post(SCR, body).is(400, "{'error':'" + error + "'}");
        }

        @Test
        void that_waits_already_is_recognised() {
            String id = submitted(append("x"));
            project.post(SCR, append("x"))
                    .is(
                            200,
                            "{'already_pending':true,'message':'The same change request is waiting for human authorization already.',"
                                    + "'scr_id':'" + id + "','status':'queued'}");
            assertThat(project.eventTypes()).containsExactly("sovereign_change_proposed");
            String other = submitted(append("x").replace("Developer", "Architect"));
            assertThat(other).isNotEqualTo(id);
            decide(id, REJECT).has(200);
            submitted(append("x"));
        }

        @Test
        void does_not_pile_up_without_end() {
            StringBuilder queue = new StringBuilder("{'requests':[");
            for (int i = 1; i <= 500; i++) {
                queue.append(i == 1 ? "" : ",")
                        .append("{'id':'scr_20260220_150000_")
                        .append(i)
                        .append("','status':'pending','content':'")
                        .append(i)
                        .append("'}");
            }
            project.write(QUEUE, quoted(queue + "]}"));
            project.post(SCR, append("x")).is(429, "{'error':'500 change requests wait for a decision already'}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HUMAN", "system"})
        void is_not_for_reserved_names(String agent) {
            project.post(SCR, append("x").replace("CLAUDE", agent))
                    .is(403, "{'error':'agent \\'" + agent + "\\' is reserved'}");
        }

        @Test
        void follows_no_link() throws IOException {
            Files.delete(project.path(PLAN));
            project.write("elsewhere.md", "other\n").link(PLAN, "../elsewhere.md");
            project.post(SCR, append("x")).is(400, "{'error':'\\'" + PLAN + "\\' leads through a symbolic link'}");
        }

        @Test
        void goes_on_counting_after_what_is_there() {
            project.write(QUEUE, quoted("{'requests':[{'id':'scr_20260101_000000_041','status':'superseded'}]}"));
            assertThat(submitted(append("x"))).endsWith("_042");
        }

        @Test
        void of_a_hundred_at_once_gives_a_hundred_ids_in_order() throws Exception {
            assertThat(AtOnce.call(16, 100, i -> submitted(append("line " + i + "\\n"))))
                    .hasSize(100)
                    .doesNotHaveDuplicates();
            JsonNode listed = project.get(SCR).json().path("requests");
            List<String> oldestFirst = StreamSupport.stream(listed.spliterator(), false)
                    .map(request -> request.path("id").asText())
                    .sorted()
                    .toList();
            assertThat(oldestFirst)
                    .extracting(id -> id.substring(id.lastIndexOf('_') + 1))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                            .mapToObj(number -> String.format("%03d", number))
                            .toList());
            assertThat(project.eventTypes()).hasSize(100).containsOnly("sovereign_change_proposed");
            project.get("/api/ads/integrity").is(200, "{'errors':[],'valid':true}");
        }
    }

    @Nested
    final class Listing {
        @Test
        void of_nothing_is_empty_and_creates_nothing() {
            project.get(SCR).is(200, "{'requests':[]}");
            assertThat(project.has("_cortex/ops")).isFalse();
        }

        @Test
        void has_the_newest_first_and_filters() {
            String first = submitted(append("1"));
            String second = submitted(change("config/dttp.json", "full_replace", ",'content':'{}'"));
            String third =
                    submitted(append("1").replace("Developer", "Architect").replace("CLAUDE", "GEMINI"));
            decide(first, REJECT).has(200);
            assertThat(ids("")).containsExactly(third, second, first);
            assertThat(ids("?status=pending")).containsExactly(third, second);
            assertThat(ids("?status=rejected")).containsExactly(first);
            assertThat(ids("?status=Pending")).isEmpty();
            assertThat(ids("?role=Architect")).containsExactly(third);
            assertThat(ids("?agent=CLAUDE&status=pending")).containsExactly(second);
            assertThat(ids("?target_path=config/dttp.json")).containsExactly(second);
            assertThat(ids("?status=")).hasSize(3);
        }

        private List<String> ids(String query) {
            return StreamSupport.stream(
                            project.get(SCR + query).json().path("requests").spliterator(), false)
                    .map(request -> request.path("id").asText())
                    .toList();
        }

        @Test
        void leaves_out_what_is_proposed_on_request() {
            String id = submitted(append("x".repeat(100_000)));
            JsonNode summary = project.get(SCR + "?payload=none")
                    .has(200)
                    .json()
                    .path("requests")
                    .path(0);
            ObjectNode whole =
                    (ObjectNode) project.get(SCR).json().path("requests").path(0);
            assertThat(whole.path("content").asText()).hasSize(100_000);
            assertThat(summary).isEqualTo(whole.without("content"));
            assertThat(summary.path("id").asText()).isEqualTo(id);
        }

        @Test
        void of_a_broken_queue_fails() {
            project.write(QUEUE, "{");
            Reply reply = project.get(SCR);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text("error")).contains("sovereign_requests.json");
            project.post(SCR, append("x")).has(500);
            assertThat(project.read(QUEUE)).isEqualTo("{");
        }

        @Test
        void does_not_know_other_ids() {
            project.get(SCR + "/scr_none").is(404, "{'error':'SCR not found'}");
            project.get(SCR + "/scr_none/preview").is(404, "{'error':'SCR not found'}");
            project.post(SCR + "/scr_none/preview", "{}").is(404, "{'error':'SCR not found'}");
        }

        @Test
        void keeps_what_only_others_know() {
            project.write(QUEUE, quoted("{'requests':[{'id':'scr_1','ts':'t','status':'pending','note':{'a':1}}]}"));
            project.get(SCR + "/scr_1").is(200, "{'id':'scr_1','note':{'a':1},'status':'pending','ts':'t'}");
        }
    }

    @Nested
    final class Preview {
        @Test
        void shows_what_would_become_of_the_file() {
            String id = submitted(append("more\\n"));
            JsonNode preview = project.get(SCR + "/" + id + "/preview").has(200).json();
            assertThat(preview.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "change_type",
                            "changed_since_submission",
                            "current_sha256",
                            "diff",
                            "problem",
                            "result",
                            "result_sha256",
                            "scr_id",
                            "status",
                            "submitted_sha256",
                            "target_path",
                            "would_apply");
            assertThat(preview.path("would_apply")).hasToString("true");
            assertThat(preview.path("problem").isNull()).isTrue();
            assertThat(preview.path("result").asText()).isEqualTo("plan\nmore\n");
            assertThat(preview.path("diff").asText()).contains("@@ -1,1 +1,2 @@", " plan", "+more");
            assertThat(preview.path("current_sha256")).isEqualTo(preview.path("submitted_sha256"));
            assertThat(preview.path("changed_since_submission")).hasToString("false");
            project.write(PLAN, "new plan\n");
            JsonNode later = project.get(SCR + "/" + id + "/preview").json();
            assertThat(later.path("changed_since_submission")).hasToString("true");
            assertThat(later.path("current_sha256")).isNotEqualTo(later.path("submitted_sha256"));
        }

        @Test
        void says_why_a_change_does_not_apply() {
            String id = submitted(change(PLAN, "patch", ",'patch':{'old_string':'nothing','new_string':''}"));
            JsonNode preview = project.get(SCR + "/" + id + "/preview").json();
            assertThat(preview.path("would_apply")).hasToString("false");
            assertThat(preview.path("problem").asText()).isEqualTo("Patch ambiguity: old_string found 0 times");
            assertThat(preview.path("result").isNull()).isTrue();
            assertThat(preview.path("diff").asText()).isEmpty();
        }

        @Test
        void takes_edits() {
            String id = submitted(append("more\\n"));
            JsonNode preview = project.post(SCR + "/" + id + "/preview", "{'edited_content':'less\\n'}")
                    .has(200)
                    .json();
            assertThat(preview.path("result").asText()).isEqualTo("plan\nless\n");
            assertThat(shown(id).path("content").asText()).isEqualTo("more\n");
        }
    }

    @Nested
    final class Decision {
        @ParameterizedTest
        @ValueSource(strings = {"{}", "null", "[]", "{'action':null}", "{'action':''}", "{'reason':'x'}"})
        void needs_an_action(String body) {
            decide(submitted(append("x")), body).is(400, "{'error':'action is required'}");
            decide("scr_none", body, "X-Agent: CLAUDE").is(400, "{'error':'action is required'}");
        }

        @Test
        void is_no_agents_whether_the_request_exists_or_not() {
            String id = submitted(append("x"));
            for (String body : List.of(AUTHORIZE, REJECT, "{'action':'dance'}")) {
                decide(id, body, "X-Agent: CLAUDE").is(403, "{'error':'Only humans can manage SCRs'}");
                decide("scr_none", body, "x-agent: x").is(403, "{'error':'Only humans can manage SCRs'}");
            }
            assertPending(id);
            decide(id, AUTHORIZE, "X-Agent:").has(200);
        }

        @Test
        void is_about_a_request_that_is_there_and_pending() {
            for (String body : List.of(AUTHORIZE, REJECT, "{'action':'dance'}")) {
                decide("scr_none", body).is(404, "{'error':'SCR not found'}");
            }
            String id = submitted(append("x"));
            decide(id, "{'action':'dance'}").is(400, "{'error':'Invalid action: dance'}");
            decide(id, "{'action':7}").is(400, "{'error':'action must be a string'}");
            decide(id, AUTHORIZE).is(200, "{'new_status':'authorized','scr_id':'" + id + "','status':'success'}");
            for (String body : List.of(AUTHORIZE, REJECT, "{'action':'dance'}")) {
                decide(id, body).is(400, "{'error':'SCR is already authorized'}");
            }
            String other = submitted(append("y"));
            decide(other, REJECT).has(200);
            decide(other, AUTHORIZE).is(400, "{'error':'SCR is already rejected'}");
            assertThat(project.read(PLAN)).isEqualTo("plan\nx");
        }

        @Test
        void to_authorize_changes_the_file_and_is_on_the_ledger_twice() {
            String id =
                    submitted(change(PLAN, "append", ",'content':'more\\n','spec_ref':'SPEC-002','description':'d'"));
            decide(id, AUTHORIZE).has(200);
            assertThat(project.read(PLAN)).isEqualTo("plan\nmore\n");
            List<JsonNode> events = project.events();
            assertThat(project.eventTypes())
                    .containsExactly(
                            "sovereign_change_proposed", "sovereign_change_authorized", "sovereign_change_applied");
            assertEvent(events.get(1), "HUMAN", "Collaborator", "SCR " + id + " authorized by human for " + PLAN + ".");
            assertEvent(events.get(2), "SYSTEM", "Sentry", "File " + PLAN + " updated via SCR " + id + ".");
            assertThat(events.get(1).path("event_id").asText()).contains("_scr_auth_");
            assertThat(events.get(2).path("event_id").asText()).contains("_scr_app_");
            assertThat(events).allMatch(event -> event.path("spec_ref").asText().equals("SPEC-002"));
            assertThat(events)
                    .allMatch(event ->
                            event.path("action_data").path("scr_id").asText().equals(id)
                                    && event.path("action_data")
                                            .path("target_path")
                                            .asText()
                                            .equals(PLAN));
            JsonNode request = shown(id);
            assertThat(request.path("status").asText()).isEqualTo("authorized");
            assertThat(request.path("authorized_by").asText()).isEqualTo("HUMAN");
            assertThat(request.path("authorized_at").asText()).matches("\\d{4}-.*Z");
            assertThat(request.has("was_edited")).isFalse();
        }

        private void assertEvent(JsonNode event, String agent, String role, String description) {
            assertThat(event.path("agent").asText()).isEqualTo(agent);
            assertThat(event.path("role").asText()).isEqualTo(role);
            assertThat(event.path("description").asText()).isEqualTo(description);
            assertThat(event.path("tier").asInt()).isEqualTo(1);
            assertThat(event.path("authorized")).hasToString("true");
        }

        @Test
        void to_reject_leaves_the_file_alone() {
            String id = submitted(append("x"));
            decide(id, REJECT).is(200, "{'new_status':'rejected','scr_id':'" + id + "','status':'success'}");
            JsonNode event = project.lastEvent();
            assertEvent(event, "HUMAN", "Collaborator", "SCR " + id + " rejected by human. Reason: not now");
            assertThat(event.path("action_type").asText()).isEqualTo("sovereign_change_rejected");
            assertThat(event.path("spec_ref").isNull()).isTrue();
            assertThat(event.path("action_data")).hasToString(quoted("{'reason':'not now','scr_id':'" + id + "'}"));
            assertThat(event.path("event_id").asText()).contains("_scr_rej_");
            JsonNode request = shown(id);
            assertThat(request.path("rejection_reason").asText()).isEqualTo("not now");
            assertThat(request.path("authorized_by").asText()).isEqualTo("HUMAN");
            assertThat(request.path("authorized_at").isNull()).isFalse();
            assertThat(project.read(PLAN)).isEqualTo("plan\n");
            String other = submitted(append("y"));
            decide(other, "{'action':'reject'}").has(200);
            assertThat(shown(other).path("rejection_reason").asText()).isEmpty();
        }

        @Test
        void puts_nothing_in_its_place_that_does_not_fit_the_type_of_change() {
            String id = submitted(append("more\\n"));
            String misfit = "{'error':'edited_patch does not fit a change of type append; it takes edited_content'}";
            String edit = "'edited_patch':{'old_string':'plan','new_string':'a'}";
            decide(id, "{'action':'authorize'," + edit + "}").is(400, misfit);
            decide(id, "{'action':'authorize','edited_content':'less'," + edit + "}")
                    .is(400, misfit);
            project.post(SCR + "/" + id + "/preview", "{" + edit + "}").is(400, misfit);
            decide(id, "{'action':'authorize','edited_merge_data':{'a':1}}")
                    .is(
                            400,
                            "{'error':'edited_merge_data does not fit a change of type append; it takes edited_content'}");
            decide(id, "{'action':'authorize','edited_text':'x'}")
                    .is(400, "{'error':'No type of change takes edited_text'}");
            decide(id, "{'action':'reject','edited_content':'less'}")
                    .is(400, "{'error':'Only an authorization takes an edited proposal'}");
            assertPending(id);
            assertThat(project.read(PLAN)).isEqualTo("plan\n");
        }

        @Test
        void may_put_another_proposal_in_the_place_of_the_first() {
            String id = submitted(append("more\\n"));
            decide(id, "{'action':'authorize','edited_content':'less\\n'}").has(200);
            assertThat(project.read(PLAN)).isEqualTo("plan\nless\n");
            assertThat(shown(id).path("was_edited")).hasToString("true");
            assertThat(shown(id).path("content").asText()).isEqualTo("less\n");
            String patch = submitted(change(PLAN, "patch", ",'patch':{'old_string':'plan','new_string':'a'}"));
            decide(patch, "{'action':'authorize','edited_patch':{'old_string':'less','new_string':'most'}}")
                    .has(200);
            assertThat(project.read(PLAN)).isEqualTo("plan\nmost\n");
            String merge = submitted(change("config/specs.json", "json_merge", ",'merge_data':{'a':1}"));
            decide(merge, "{'action':'authorize','edited_merge_data':{'b':2}}").has(200);
            assertThat(project.read("config/specs.json")).contains("\"b\": 2").doesNotContain("\"a\": 1");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "patch | ,'patch':{'old_string':'nothing','new_string':''} | Patch ambiguity: old_string found 0 times",
                    "patch | ,'patch':{'old_string':'SPEC-','new_string':''} | Patch ambiguity: old_string found 4 times",
                    "append | ,'content':'text' | the result would not be JSON: ",
                    "patch | ,'patch':{'old_string':'{\\'specs\\'','new_string':'x'} | the result would not be JSON: ",
                    "full_replace | ,'content':'[1,' | the result would not be JSON: "
                })
        void that_cannot_be_carried_out_leaves_everything_as_it_was(String type, String payload, String why) {
            String before = project.read("config/specs.json");
            String id = submitted(change("config/specs.json", type, payload.replace("\\'", "\\\"")));
            Reply reply = decide(id, AUTHORIZE);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text("error")).startsWith("Failed to apply change: " + why);
            assertPending(id);
            assertThat(project.read("config/specs.json")).isEqualTo(before);
            assertThat(project.eventTypes()).containsExactly("sovereign_change_proposed");
        }

        @Test
        void needs_the_file_that_is_to_be_changed() throws IOException {
            String patch = submitted(change(PLAN, "patch", ",'patch':{'old_string':'plan','new_string':'a'}"));
            String merge = submitted(change("config/specs.json", "json_merge", ",'merge_data':{'a':1}"));
            Files.delete(project.path(PLAN));
            Files.delete(project.path("config/specs.json"));
            for (String id : List.of(patch, merge)) {
                decide(id, AUTHORIZE).is(500, "{'error':'Failed to apply change: No such file'}");
            }
        }

        @Test
        void follows_no_link_that_came_since() throws IOException {
            String id = submitted(append("x"));
            Files.delete(project.path(PLAN));
            project.write("elsewhere.md", "other\n").link(PLAN, "../elsewhere.md");
            Reply reply = decide(id, AUTHORIZE);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text("error"))
                    .startsWith("Failed to apply change: ")
                    .contains("symbolic link");
            assertThat(project.read("elsewhere.md")).isEqualTo("other\n");
        }

        @Test
        void is_about_the_file_that_the_human_saw() {
            String id = submitted(append("more\\n"));
            JsonNode seen = project.get(SCR + "/" + id + "/preview").json();
            String current = seen.path("current_sha256").asText();
            String result = seen.path("result_sha256").asText();
            project.write(PLAN, "another plan\n");
            Reply conflict = decide(id, "{'action':'authorize','expected_sha256':'" + current + "'}");
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(conflict.text("expected_sha256")).isEqualTo(current);
            assertThat(conflict.text("current_sha256")).hasSize(64).isNotEqualTo(current);
            Reply other = decide(id, "{'action':'authorize','expected_result_sha256':'" + result + "'}");
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.text("result_sha256")).hasSize(64).isNotEqualTo(result);
            assertPending(id);
            assertThat(project.read(PLAN)).isEqualTo("another plan\n");
            project.write(PLAN, "plan\n");
            decide(
                            id,
                            "{'action':'authorize','expected_sha256':'" + current + "','expected_result_sha256':'"
                                    + result + "'}")
                    .has(200);
        }

        @Test
        void does_not_replace_a_whole_file_that_has_changed_since() {
            String id = submitted(change(PLAN, "full_replace", ",'content':'all new\\n'"));
            project.write(PLAN, "changed meanwhile\n");
            Reply conflict = decide(id, AUTHORIZE);
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(project.read(PLAN)).isEqualTo("changed meanwhile\n");
            project.write(PLAN, "plan\n");
            decide(id, AUTHORIZE).has(200);
            assertThat(project.read(PLAN)).isEqualTo("all new\n");
        }

        @Test
        void takes_effect_at_once() {
            String edit = "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','action':'edit',"
                    + "'params':{'file':'docs/a','content':'x'},'rationale':'r'}";
            project.post("/api/dttp/request", edit).has(403);
            decide(
                            submitted(change(
                                    "config/jurisdictions.json",
                                    "json_merge",
                                    ",'merge_data':{'jurisdictions':{'Developer':{'paths':['docs/']}}}")),
                            AUTHORIZE)
                    .has(200);
            project.post("/api/dttp/request", edit).has(200);
        }
    }

    @Nested
    final class Merging {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'a':1} | {'a':2,'b':3} | {'a':2,'b':3}",
                    "{'a':{'x':1},'k':0} | {'a':{'y':2}} | {'a':{'x':1,'y':2},'k':0}",
                    "{'a':{'x':1}} | {'a':5} | {'a':5}",
                    "{'a':5} | {'a':{'x':1}} | {'a':{'x':1}}",
                    "{} | {'a':{'b':{'c':1}}} | {'a':{'b':{'c':1}}}",
                    "{'a':[1,2]} | {'a':[3]} | {'a':[3]}",
                    "{'specs':{'S':{'title':'T','roles':['A']}}} | {'specs':{'S':{'roles':['B']},'N':{}}}"
                            + " | {'specs':{'S':{'title':'T','roles':['B']},'N':{}}}",
                    "{'a':1} | {'a':null} | {'a':null}",
                    "{'z':1,'a':2} | {'m':3} | {'z':1,'a':2,'m':3}"
                })
        void joins_objects_and_replaces_everything_else(String file, String data, String expected) throws IOException {
            project.write("config/dttp.json", quoted(file));
            decide(submitted(change("config/dttp.json", "json_merge", ",'merge_data':" + data)), AUTHORIZE)
                    .has(200);
            String merged = project.read("config/dttp.json");
            assertThat(merged.replaceAll("\\s", "")).isEqualTo(quoted(expected));
            assertThat(merged).startsWith("{\n  \"").doesNotEndWith("\n");
        }

        @Test
        void writes_plain_ascii() {
            project.write("config/dttp.json", "{}");
            decide(submitted(change("config/dttp.json", "json_merge", ",'merge_data':{'n':'caf\u00e9'}")), AUTHORIZE)
                    .has(200);
            assertThat(project.read("config/dttp.json")).isEqualTo("{\n  \"n\": \"caf\\u00e9\"\n}");
        }
    }

    @Nested
    final class Withdrawal {
        private Reply withdraw(String id, String role) {
            return decide(id, "{'action':'withdraw','agent':'CLAUDE','role':'" + role + "'}");
        }

        @Test
        void is_for_the_role_that_proposed() {
            String id = submitted(append("x"));
            withdraw(id, "Architect").is(403, "{'error':'SCR " + id + " was proposed by Developer, not Architect'}");
            assertPending(id);
            withdraw(id, "developer").is(200, "{'new_status':'withdrawn','scr_id':'" + id + "','status':'success'}");
            JsonNode event = project.lastEvent();
            assertThat(event.path("action_type").asText()).isEqualTo("sovereign_change_withdrawn");
            assertThat(event.path("agent").asText()).isEqualTo("CLAUDE");
            assertThat(event.path("description").asText()).startsWith("SCR " + id + " withdrawn by ");
            decide(id, AUTHORIZE).is(400, "{'error':'SCR is already withdrawn'}");
            withdraw(id, "Developer").is(400, "{'error':'SCR is already withdrawn'}");
        }

        @Test
        void needs_no_human_but_a_name() {
            String id = submitted(append("x"));
            String needs = "{'error':'agent and role are required'}";
            decide(id, "{'action':'withdraw'}").is(400, needs);
            decide(id, "{'action':'withdraw','agent':'A'}").is(400, needs);
            decide(id, "{'action':'withdraw','agent':'','role':'Developer'}").is(400, needs);
            decide("scr_none", "{'action':'withdraw','agent':'A','role':'B'}").is(404, "{'error':'SCR not found'}");
            decide(id, "{'action':'withdraw','agent':'A','role':'Developer'}", "X-Agent: A")
                    .has(200);
        }
    }

    @Test
    void a_change_of_the_specs_goes_from_proposal_to_file() {
        String id = submitted(change(
                "config/specs.json",
                "json_merge",
                ",'merge_data':{'specs':{'SPEC-TEST':{'title':'Test Spec','status':'approved'}}}"));
        assertThat(project.get(SCR + "?status=pending").json().findValuesAsText("id"))
                .contains(id);
        assertThat(decide(id, AUTHORIZE).has(200).text("new_status")).isEqualTo("authorized");
        assertThat(project.get("/api/dttp/policy").json().path("specs").has("SPEC-TEST"))
                .isTrue();
        String never =
                submitted(change("config/dttp.json", "patch", ",'patch':{'old_string':'foo','new_string':'bar'}"));
        assertThat(decide(never, REJECT).has(200).text("new_status")).isEqualTo("rejected");
        assertThat(project.has("config/dttp.json")).isFalse();
    }
}
