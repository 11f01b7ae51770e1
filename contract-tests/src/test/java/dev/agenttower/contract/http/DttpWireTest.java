package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions about what agents want to do: {@code /api/dttp}. */
final class DttpWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String REQUEST = "/api/dttp/request";
    private static final String DRY = "{'dry_run':true,'status':'allowed'}";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static String request(String role, String spec, String action, String params) {
        return "{'agent':'CLAUDE','role':'" + role + "','spec_id':'" + spec + "','action':'" + action + "','params':"
                + params + ",'rationale':'because'}";
    }

    private static String dry(String request) {
        return request.substring(0, request.length() - 1) + ",'dry_run':true}";
    }

    private Reply act(String action, String params) {
        return project.post(REQUEST, request("Developer", "SPEC-001", action, params));
    }

    private Reply edit(String file) {
        return act("edit", "{'file':'" + file + "','content':'x'}");
    }

    private static void assertDenied(Reply reply, String reason) {
        reply.is(403, "{'reason':'" + reason + "','status':'denied'}");
    }

    /** Checks the last event, of which there is one for each denial. */
    private void assertDenial(String type, int tier, String tag, String description) {
        JsonNode event = project.lastEvent();
        assertThat(event.path("action_type").asText()).isEqualTo(type);
        assertThat(event.path("tier").asInt()).isEqualTo(tier);
        assertThat(event.path("description").asText()).isEqualTo(description);
        assertThat(event.path("event_id").asText()).matches("evt_\\d{8}_\\d{6}_\\d{3}_" + tag + "_[0-9a-f]{10}");
        assertThat(event.path("authorized")).hasToString("false");
        assertThat(event.path("escalation")).hasToString("true");
        assertThat(event.path("spec_ref").asText()).isEqualTo("SPEC-001");
        assertThat(event.path("agent").asText()).isEqualTo("CLAUDE");
        assertThat(event.path("role").asText()).isEqualTo("Developer");
    }

    @Test
    void a_path_of_thousands_of_folders_ends_no_daemon() {
        edit("src/" + "e/".repeat(1900) + "x").has(200);
        assertThat(project.read("src/" + "e/".repeat(1900) + "x")).isEqualTo("x");
        project.get("/api/dttp/status").has(200);
    }

    @Nested
    final class Bodies {
        private static final String COMPLETE =
                "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','action':'edit','params':{'file':'src/a'},'rationale':'r'}";

        private void assertError(String body, String code, String message) {
            project.post(REQUEST, body).is(400, "{'code':'" + code + "','message':'" + message + "','status':'error'}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "null", "false", "0", "0.0", "''"})
        void that_say_nothing_are_no_data(String body) {
            assertError(body, "INVALID_BODY", "No data provided");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[1]", "true", "7", "'text'"})
        void that_are_no_objects_are_refused(String body) {
            assertError(body, "INVALID_BODY", "The body must be a JSON object");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "true", "[]", "{}", "''", "' '", "'\\n\\t '"})
        void need_a_rationale_before_anything_else(String rationale) {
            assertError(
                    "{'rationale':" + rationale + ",'params':7}",
                    "INVALID_RATIONALE",
                    "Rationale must be a non-empty string");
            assertError("{'agent':'A'}", "INVALID_RATIONALE", "Rationale must be a non-empty string");
        }

        @Test
        void may_give_a_rationale_of_500_characters() {
            String longest = "\ud83d\uddfc".repeat(500);
            assertThat(project.post(REQUEST, COMPLETE.replace("'r'", "'" + longest + "'"))
                            .status())
                    .isEqualTo(200);
            assertError(
                    COMPLETE.replace("'r'", "'" + longest + "x'"),
                    "RATIONALE_TOO_LONG",
                    "Rationale exceeds 500 characters");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "'x'", "1", "true", "false", "0"})
        void have_an_object_of_parameters(String params) {
            assertError("{'rationale':'r','params':" + params + "}", "INVALID_PARAMS", "Params must be a dictionary");
        }

        @Test
        void name_the_first_field_that_is_missing() {
            String so = "{'rationale':'r'";
            assertError(so + "}", "MISSING_FIELD", "Missing required field: agent");
            so += ",'agent':7";
            assertError(so + "}", "MISSING_FIELD", "Missing required field: role");
            so += ",'role':null";
            assertError(so + "}", "MISSING_FIELD", "Missing required field: spec_id");
            so += ",'spec_id':null";
            assertError(so + "}", "MISSING_FIELD", "Missing required field: action");
            so += ",'action':null";
            assertError(so + "}", "MISSING_FIELD", "Missing required field: params");
            assertError(so + ",'params':null}", "INVALID_TYPE", "params must be an object");
            assertError(so + ",'params':{}}", "INVALID_TYPE", "agent must be a string");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'agent':'CLAUDE' | 'agent':%s | agent",
                    "'role':'Developer' | 'role':%s | role",
                    "'spec_id':'SPEC-001' | 'spec_id':%s | spec_id",
                    "'action':'edit' | 'action':%s | action",
                    "'rationale':'r' | 'rationale':'r','session_id':%s | session_id",
                    "'file':'src/a' | 'file':%s | params.file",
                    "'file':'src/a' | 'path':%s | params.path",
                    "'file':'src/a' | 'intent_id':%s | params.intent_id",
                    "'file':'src/a' | 'branch':%s | params.branch",
                    "'file':'src/a' | 'remote':%s | params.remote",
                    "'file':'src/a' | 'tag':%s | params.tag",
                    "'file':'src/a' | 'target':%s | params.target",
                    "'file':'src/a' | 'content':%s | params.content",
                    "'file':'src/a' | 'old_string':%s | params.old_string",
                    "'file':'src/a' | 'new_string':%s | params.new_string",
                })
        void take_texts_only_where_texts_belong(String field, String other, String name) {
            for (String value : List.of("1", "1.5", "true", "[]", "['a']", "{}")) {
                assertError(
                        COMPLETE.replace(field, other.formatted(value)), "INVALID_TYPE", name + " must be a string");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "CLAUDE | 128 | agent",
                    "Developer | 128 | role",
                    "SPEC-001 | 128 | spec_id",
                    "edit | 128 | action",
                    "src/a | 4096 | params.file"
                })
        void do_not_take_texts_that_are_too_long_or_hold_a_nul(String text, int longest, String name) {
            assertError(
                    COMPLETE.replace("'" + text + "'", "'" + "x".repeat(longest + 1) + "'"),
                    "INVALID_TYPE",
                    name + " exceeds " + longest + " characters");
            assertError(
                    COMPLETE.replace("'" + text + "'", "'a\\u0000b'"),
                    "INVALID_TYPE",
                    name + " contains a NUL character");
        }

        @Test
        void bound_what_is_written() {
            String content = "x".repeat((1 << 20) + 1);
            assertError(
                    COMPLETE.replace("'src/a'", "'src/a','content':'" + content + "'"),
                    "TOO_LARGE",
                    "params.content exceeds 1048576 characters");
        }

        @Test
        void that_are_refused_are_neither_counted_nor_on_the_ledger() {
            project.post(REQUEST, "{}");
            project.post(REQUEST, COMPLETE.replace("'CLAUDE'", "7"));
            JsonNode status = project.get("/api/dttp/status").json();
            assertThat(status.path("total_requests").asInt()).isZero();
            assertThat(project.events()).isEmpty();
            assertThat(project.has("_cortex/ads/events.jsonl")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"HUMAN", "human", " System "})
        void cannot_speak_for_the_human_or_for_governance(String agent) {
            project.post(REQUEST, COMPLETE.replace("CLAUDE", agent))
                    .is(
                            403,
                            "{'message':'agent \\'" + agent + "\\' is reserved','reason':'agent \\'" + agent
                                    + "\\' is reserved','status':'denied'}");
        }
    }

    @Nested
    final class Decisions {
        @ParameterizedTest
        @ValueSource(strings = {"edit", "write", "create"})
        void allow_what_role_and_spec_cover(String action) {
            Reply reply = act(action, "{'file':'src/deep/er/a.txt','content':'tower \ud83d\uddfc\\n'}");
            reply.is(200, "{'result':{'bytes':8,'result':'file_written','status':'success'},'status':'allowed'}");
            assertThat(project.read("src/deep/er/a.txt")).isEqualTo("tower \ud83d\uddfc\n");
            List<JsonNode> events = project.events();
            assertThat(project.eventTypes()).containsExactly("pending_edit", "completed_edit");
            assertThat(events.get(0).path("description").asText())
                    .isEqualTo("Requesting edit on src/deep/er/a.txt. Rationale: because");
            assertThat(events.get(0).path("status").asText()).isEqualTo("pending");
            assertThat(events.get(0).path("tier").asInt()).isEqualTo(3);
            assertThat(events.get(0).path("event_id").asText()).contains("_pending_ed_");
            assertThat(events.get(1).path("description").asText())
                    .isEqualTo("Completed edit on src/deep/er/a.txt. Result: success");
            assertThat(events.get(1).path("execution_result"))
                    .hasToString(TowerHttp.quoted("{'bytes':8,'result':'file_written','status':'success'}"));
            assertThat(events.get(1).path("authorized")).hasToString("true");
            assertThat(events.get(1).path("event_id").asText()).contains("_completed__");
        }

        @Test
        void made_dry_write_one_event_and_no_file() {
            project.post(REQUEST, dry(request("Developer", "SPEC-001", "write", "{'file':'src/a','content':'x'}")))
                    .is(200, DRY);
            assertThat(project.has("src/a")).isFalse();
            assertThat(project.eventTypes()).containsExactly("dry_run_validated_edit");
            JsonNode event = project.lastEvent();
            assertThat(event.path("description").asText())
                    .isEqualTo("Dry-run validated edit on src/a. Rationale: because");
            assertThat(event.path("event_id").asText()).contains("_dry_run_ed_");
            assertThat(event.has("escalation")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "'yes'", "[0]", "{'a':0}", "0.5"})
        void are_dry_whenever_that_is_said_at_all(String truthy) {
            String body = dry(request("Developer", "SPEC-001", "edit", "{'file':'src/a','content':'x'}"))
                    .replace("true", truthy);
            project.post(REQUEST, body).is(200, DRY);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "''", "[]", "{}", "false", "null"})
        void are_live_otherwise(String falsy) {
            String body = dry(request("Developer", "SPEC-001", "edit", "{'file':'src/a','content':'x'}"))
                    .replace("true", falsy);
            assertThat(project.post(REQUEST, body).json().has("result")).isTrue();
        }

        @Test
        void take_a_path_under_either_name() {
            act("edit", "{'path':'src/a','content':'x'}").has(200);
            assertThat(project.read("src/a")).isEqualTo("x");
            assertDenied(act("edit", "{'path':'config/specs.json','content':'x'}"), "sovereign_path_violation");
            assertDenied(act("edit", "{'file':null,'path':'../x','content':'x'}"), "path_outside_project_root");
        }

        @ParameterizedTest
        @CsvSource({
            "Nobody, SPEC-001, src/a, Spec SPEC-001 does not authorize role Nobody for action edit",
            "Developer, SPEC-003, src/a, Spec SPEC-003 does not authorize role Developer for action edit",
            "Developer, SPEC-004, src/a, Spec SPEC-004 does not authorize role Developer for action edit",
            "Developer, SPEC-009, src/a, Spec SPEC-009 does not authorize role Developer for action edit",
            "Architect, SPEC-002, data/a, Spec SPEC-002 does not authorize role Architect for action edit",
            "Developer, SPEC-001, docs/a, Path docs/a is outside the jurisdiction of role Developer",
            "Developer, SPEC-002, data2/a, Path data2/a is outside the jurisdiction of role Developer",
            "Developer, SPEC-002, ./data2//a, Path ./data2//a is outside the jurisdiction of role Developer",
            "Developer, SPEC-001, data/a, Path data/a is not authorized by spec SPEC-001",
            "Developer, SPEC-002, src/a, Path src/a is not authorized by spec SPEC-002",
        })
        void name_the_first_rule_that_is_broken(String role, String spec, String path, String reason) {
            String request = request(role, spec, "create", "{'file':'" + path + "','content':'x'}");
            assertDenied(project.post(REQUEST, request), reason);
            assertDenied(project.post(REQUEST, dry(request)), reason);
            JsonNode event = project.lastEvent();
            assertThat(event.path("action_type").asText()).isEqualTo("denied_edit");
            assertThat(event.path("description").asText())
                    .isEqualTo("DENIED: " + reason + ". Rationale provided: because");
            assertThat(event.path("event_id").asText()).contains("_denial_edi_");
            assertThat(event.path("tier").asInt()).isEqualTo(3);
            assertThat(event.path("spec_ref").asText()).isEqualTo(spec);
            assertThat(project.events()).hasSize(2);
            assertThat(project.has(path)).isFalse();
        }

        @Test
        void spell_roles_as_the_project_does() {
            project.post(REQUEST, request("dEVELOPER", "SPEC-001", "edit", "{'file':'src/a','content':'x'}"))
                    .has(200);
            assertThat(project.lastEvent().path("role").asText()).isEqualTo("Developer");
        }

        @Test
        void do_not_look_at_paths_where_there_is_none() {
            assertThat(act("deploy", "{'target':'prod'}").json().path("status").asText())
                    .isEqualTo("allowed");
            JsonNode event = project.lastEvent();
            assertThat(event.path("description").asText()).isEqualTo("Completed deploy on None. Result: not_executed");
        }

        @Test
        void count_requests_and_denials() {
            edit("src/a").has(200);
            edit("docs/a").has(403);
            JsonNode status = project.get("/api/dttp/status").json();
            assertThat(status.path("total_requests").asInt()).isEqualTo(2);
            assertThat(status.path("total_denials").asInt()).isEqualTo(1);
        }

        @Test
        void follow_a_policy_that_changes() {
            edit("docs/a").has(403);
            project.write("config/jurisdictions.json", TowerHttp.quoted("{'jurisdictions':{'Developer':['docs/']}}"));
            edit("docs/a").has(200);
            edit("src/a").has(403);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "config/specs.json | Spec SPEC-001 does not authorize role Developer for action edit",
                    "config/jurisdictions.json | Path src/a is outside the jurisdiction of role Developer"
                })
        void are_denials_where_a_policy_file_is_broken_or_missing(String file, String reason) throws IOException {
            for (String broken : List.of("{", "[]", "{'specs':[],'jurisdictions':7}", "")) {
                project.write(file, TowerHttp.quoted(broken));
                JsonNode denied = edit("src/a").has(403).json();
                assertThat(denied.path("reason").asText()).isEqualTo(reason);
                assertThat(denied.path("detail").asText()).startsWith(file + ": ");
                assertThat(project.get("/api/dttp/policy")
                                .json()
                                .path("problems")
                                .path(0)
                                .path("file")
                                .asText())
                        .isEqualTo(file);
                assertThat(project.get("/api/dttp/status").json().path("problems"))
                        .hasSize(1);
            }
            Files.delete(project.path(file));
            assertThat(edit("src/a").json().path("detail").asText()).isEqualTo(file + ": is missing");
        }

        @Test
        void are_denials_where_the_settings_are_broken() {
            project.write("config/dttp.json", "{\"sovereign_paths\":\"all\"}");
            JsonNode denied = edit("src/a").has(403).json();
            assertThat(denied.path("reason").asText()).startsWith("Policy file config/dttp.json: ");
        }
    }

    @Nested
    final class ProtectedPaths {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "config/specs.json",
                    "config/jurisdictions.json",
                    "config/dttp.json",
                    "_cortex/AI_PROTOCOL.md",
                    "_cortex/MASTER_PLAN.md",
                    ".claude/settings.json",
                    ".claude/settings.local.json",
                    ".gemini/settings.json",
                    ".codex/hooks.json",
                    ".codex/config.toml"
                })
        void are_nobodys_whatever_role_and_spec_say(String path) {
            project.write(
                    "config/jurisdictions.json",
                    TowerHttp.quoted("{'jurisdictions':{'Developer':['" + path + "','config/']}}"));
            for (String action : List.of("edit", "write", "create", "patch", "replace", "delete")) {
                assertDenied(act(action, "{'file':'" + path + "','content':'x'}"), "sovereign_path_violation");
            }
            assertDenial(
                    "sovereign_path_violation",
                    1,
                    "sovereign_",
                    "DENIED: Attempt to modify sovereign path " + path + ". Rationale: because");
            assertThat(project.events()).hasSize(6);
        }

        @ParameterizedTest
        @CsvSource({
            "./config/specs.json, config/specs.json",
            "config//dttp.json, config/dttp.json",
            "src/../config/specs.json, config/specs.json",
            "config/specs.json/, config/specs.json",
            "config/specs.json/x, config/specs.json/x",
            "config, config",
            "config/, config",
            "./, .",
            ".claude, .claude",
            ".codex/., .codex",
            "_cortex, _cortex"
        })
        void are_meant_by_every_spelling_and_by_what_is_above_them(String spelling, String normal) {
            assertDenied(act("delete", "{'file':'" + spelling + "'}"), "sovereign_path_violation");
            assertDenial(
                    "sovereign_path_violation",
                    1,
                    "sovereign_",
                    "DENIED: Attempt to modify sovereign path " + normal + ". Rationale: because");
            assertThat(project.has("config/specs.json")).isTrue();
        }

        @Test
        void are_meant_by_an_absolute_path() {
            assertDenied(edit(project.path("config/specs.json").toString()), "sovereign_path_violation");
            edit(project.path("src/a").toString()).has(200);
            assertThat(project.read("src/a")).isEqualTo("x");
        }

        @Test
        void are_found_behind_links() throws IOException {
            project.link("src/conf", "../config")
                    .link("src/plan.md", "../_cortex/MASTER_PLAN.md")
                    .link("src/settings", project.path(".claude").toString())
                    .link("src/new", "../config/new.json");
            Files.createLink(project.path("src/hard.json"), project.path("config/specs.json"));
            assertDenied(edit("src/conf/specs.json"), "sovereign_path_violation");
            assertDenied(edit("src/conf"), "sovereign_path_violation");
            assertDenied(edit("src/plan.md"), "sovereign_path_violation");
            assertDenied(edit("src/settings/settings.json"), "sovereign_path_violation");
            assertDenied(edit("src/hard.json"), "sovereign_path_violation");
            assertDenied(edit("src/new"), "Path src/new is outside the jurisdiction of role Developer");
            assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("plan\n");
        }

        @Test
        void are_those_of_the_project_as_well() {
            project.write("config/dttp.json", TowerHttp.quoted("{'sovereign_paths':['src/secrets/','src/key.pem']}"));
            assertDenied(edit("src/secrets/a"), "sovereign_path_violation");
            assertDenied(edit("src/secrets"), "sovereign_path_violation");
            assertDenied(edit("src/key.pem"), "sovereign_path_violation");
            assertDenied(act("delete", "{'file':'src'}"), "sovereign_path_violation");
            edit("src/keys").has(200);
            assertThat(project.get("/api/dttp/policy")
                            .json()
                            .path("protected_paths")
                            .path("sovereign"))
                    .hasSize(12);
        }

        @ParameterizedTest
        @ValueSource(strings = {"_cortex/ads/events.jsonl", "_cortex/ops/sovereign_requests.json", "_cortex/ops/x"})
        void that_governance_writes_itself_are_locked(String path) {
            assertDenied(edit(path), "governance_file_protected");
            assertDenial(
                    "governance_lock_violation",
                    1,
                    "gov_lock_v",
                    "DENIED: Agent attempted to modify governance-locked file " + path + ". Rationale: because");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../outside.txt",
                    "src/../../outside.txt",
                    "src/../../../etc/passwd",
                    "/etc/passwd",
                    "/",
                    "..",
                    "src/out/x",
                    "src/out",
                    "src/loop/x"
                })
        void end_at_the_root_of_the_project(String path) {
            project.link("src/out", "/tmp").link("src/loop", "loop");
            assertDenied(edit(path), "path_outside_project_root");
            assertDenial(
                    "denied_containment",
                    1,
                    "containmen",
                    "DENIED: Path " + path + " escapes project root. Rationale: because");
        }

        @Test
        void come_after_containment_and_intents_and_before_role_and_spec() {
            project.link("src/up", "..");
            String unknown = request("Nobody", "SPEC-009", "edit", "{'file':'config/specs.json','intent_id':'INT-0'}");
            assertDenied(project.post(REQUEST, unknown), "intent_not_found");
            assertDenied(
                    project.post(REQUEST, unknown.replace("config/specs.json", "../x")), "path_outside_project_root");
            assertDenied(
                    project.post(REQUEST, unknown.replace(",'intent_id':'INT-0'", "")), "sovereign_path_violation");
            assertDenied(
                    project.post(
                            REQUEST, unknown.replace(",'intent_id':'INT-0'", "").replace("config/specs.json", "x")),
                    "Spec SPEC-009 does not authorize role Nobody for action edit");
        }
    }

    @Nested
    final class WithIntents {
        @BeforeEach
        void define() {
            project.write(
                    "_cortex/capabilities/intents.jsonl",
                    TowerHttp.quoted("{'intent_id':'INT-1','status':'Intent Defined'}\n"
                            + "{'intent_id':'INT-2','status':'Active'}\n{'intent_id':'INT-2','status':'Completed'}\n"
                            + "{'intent_id':'INT-3','status':'Cancelled'}\n"));
        }

        private Reply serving(String intent) {
            return act("edit", "{'file':'tests/dummy.txt','content':'x','intent_id':'" + intent + "'}");
        }

        @Test
        void serve_one_that_is_open() {
            serving("INT-1").has(200);
        }

        @Test
        void cannot_serve_an_unknown_one() {
            assertDenied(serving("INT-9"), "intent_not_found");
            assertDenial("denied_intent", 3, "intent_not", "DENIED: Intent INT-9 not found. Rationale: because");
            assertThat(project.lastEvent().path("intent_id").asText()).isEqualTo("INT-9");
        }

        @ParameterizedTest
        @CsvSource({"INT-2, Completed", "INT-3, Cancelled"})
        void cannot_serve_one_that_is_over(String intent, String status) {
            assertDenied(serving(intent), "intent_inactive");
            assertDenial(
                    "denied_intent",
                    3,
                    "intent_ina",
                    "DENIED: Intent " + intent + " is " + status + ". Rationale: because");
        }
    }

    @Nested
    final class Results {
        private void assertResult(String action, String params, String result) {
            act(action, params).is(200, "{'result':" + result + ",'status':'allowed'}");
        }

        private void assertFailure(String action, String params, String message) {
            assertResult(action, params, "{'message':'" + message + "','status':'error'}");
            JsonNode event = project.lastEvent();
            assertThat(event.path("authorized")).hasToString("true");
            assertThat(event.path("execution_result").path("status").asText()).isEqualTo("error");
            assertThat(event.path("description").asText()).endsWith("Result: error");
        }

        @Test
        void of_a_patch() {
            project.write("src/a", "one two one\r\nthree\r\n");
            assertResult(
                    "patch",
                    "{'file':'src/a','old_string':'two','new_string':'2'}",
                    "{'bytes':18,'result':'file_patched','status':'success'}");
            assertThat(project.read("src/a")).isEqualTo("one 2 one\r\nthree\r\n");
            assertThat(project.eventTypes()).containsExactly("pending_patch", "completed_patch");
            assertFailure(
                    "replace", "{'file':'src/a','old_string':'four','new_string':''}", "old_string not found in file");
            assertFailure(
                    "patch",
                    "{'file':'src/a','old_string':'one','new_string':''}",
                    "old_string is ambiguous (2 matches)");
            assertFailure("patch", "{'file':'src/none','old_string':'a','new_string':''}", "File not found: src/none");
            assertFailure("patch", "{'file':'src/a','new_string':''}", "\\'old_string\\'");
            assertFailure("patch", "{'file':'src/a','old_string':'t'}", "\\'new_string\\'");
        }

        @Test
        void of_a_deletion() throws IOException {
            project.write("src/a", "x").write("src/deep/er/b", "y").write("docs/keep", "z");
            project.link("src/deep/link", "../../docs");
            assertResult("delete", "{'file':'src/a'}", "{'result':'file_deleted','status':'success'}");
            assertResult("delete", "{'file':'src/deep'}", "{'result':'file_deleted','status':'success'}");
            assertThat(project.has("src/a")).isFalse();
            assertThat(project.has("src/deep")).isFalse();
            assertThat(project.read("docs/keep")).isEqualTo("z");
            JsonNode again = act("delete", "{'file':'src/a'}").has(200).json();
            assertThat(again.path("result").path("status").asText()).isEqualTo("error");
        }

        @Test
        void that_lack_something() {
            assertFailure("edit", "{'file':'src/a'}", "\\'content\\'");
            assertFailure("edit", "{'content':'x'}", "\\'file\\'");
            assertFailure("delete", "{}", "\\'file\\'");
        }

        @Test
        void of_actions_that_are_decided_only() {
            assertResult(
                    "deploy",
                    "{'target':'prod'}",
                    "{'message':'deploy is allowed; it is decided here but not carried out, so run it yourself',"
                            + "'result':'deploy_decided','status':'not_executed','target':'prod'}");
            for (String action : List.of("git_commit", "git_push", "git_tag", "git_merge", "ftp_sync")) {
                JsonNode result = act(action, "{'message':'m','tag':'v1','remote':'origin'}")
                        .has(200)
                        .json()
                        .path("result");
                assertThat(result.path("status").asText()).isEqualTo("not_executed");
                assertThat(result.path("result").asText()).isEqualTo(action + "_decided");
            }
        }

        @ParameterizedTest
        @CsvSource({"git_push, remote", "git_push, branch", "git_tag, tag"})
        void never_hand_an_option_to_git(String action, String param) {
            assertDenied(
                    act(action, "{'" + param + "':'--upload-pack=x'}"),
                    "git argument \\'--upload-pack=x\\' begins with a dash");
        }

        @Test
        void of_an_action_that_nobody_knows() {
            project.write(
                    "config/specs.json",
                    TowerHttp.quoted(GovernedFolder.SPECS.replace("'deploy'", "'deploy','dance'")));
            assertFailure("dance", "{}", "Unknown action: dance");
        }

        @Test
        void keep_the_encoding_and_the_mode_of_a_file() throws IOException {
            Path file = project.write("src/a", "").path("src/a");
            Files.write(file, "caf\u00e9 two".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(file.toFile().setExecutable(true)).isTrue();
            act("patch", "{'file':'src/a','old_string':'two','new_string':'\u00fc'}")
                    .has(200);
            assertThat(Files.readAllBytes(file)).isEqualTo("caf\u00e9 \u00fc".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(Files.isExecutable(file)).isTrue();
        }
    }

    @Nested
    final class InTheFrameworksOwnProject {
        private static final String GATEWAY = "adt_core/dttp/gateway.py";

        @BeforeEach
        void hold_the_framework() {
            project.write(GATEWAY, "code\n")
                    .write(
                            "config/jurisdictions.json",
                            TowerHttp.quoted("{'jurisdictions':{'Developer':['adt_core/','src/']}}"))
                    .write(
                            "config/specs.json",
                            TowerHttp.quoted("{'specs':{'SPEC-001':{'status':'approved','roles':['Developer'],"
                                    + "'action_types':['edit','git_tag','git_push'],'paths':['adt_core/','src/']},"
                                    + "'SPEC-008':{'status':'approved','roles':['Developer'],'action_types':['edit'],"
                                    + "'paths':['" + GATEWAY + "']}}}"));
        }

        private Reply edit(String spec, String justification) {
            return project.post(
                    REQUEST,
                    request(
                            "Developer",
                            spec,
                            "edit",
                            "{'file':'" + GATEWAY + "','content':'x'" + justification + "}"));
        }

        @Test
        void the_constitution_needs_a_spec_that_lists_the_very_file() {
            assertDenied(edit("SPEC-001", ",'tier2_justification':'j'"), "tier2_authorization_required");
            assertDenial(
                    "tier2_denied",
                    2,
                    "tier2_deni",
                    "DENIED: Tier 2 path " + GATEWAY + " requires explicit spec listing. Rationale: because");
        }

        @Test
        void the_constitution_needs_a_justification() {
            assertDenied(edit("SPEC-008", ""), "tier2_authorization_required");
            assertDenied(edit("SPEC-008", ",'tier2_justification':' '"), "tier2_authorization_required");
            assertThat(project.lastEvent().path("description").asText())
                    .isEqualTo("DENIED: Tier 2 path " + GATEWAY + " requires tier2_justification. Rationale: because");
        }

        @Test
        void the_constitution_changes_where_both_are_there() {
            edit("SPEC-008", ",'tier2_justification':'j'").has(200);
            assertThat(project.read(GATEWAY)).isEqualTo("x");
            assertThat(project.eventTypes()).containsExactly("tier2_authorized", "completed_edit");
            assertThat(project.events()).allMatch(event -> event.path("tier").asInt() == 2);
        }

        @ParameterizedTest
        @CsvSource({
            "git_tag, {}, git_tag is a Tier 2 action",
            "git_push, {'branch':'main'}, Pushing to main is a Tier 2 action",
            "git_push, {}, Pushing to main is a Tier 2 action"
        })
        void tags_and_pushes_to_main_need_a_justification(String action, String params, String what) {
            assertDenied(act(action, params), "tier2_authorization_required");
            assertThat(project.lastEvent().path("description").asText())
                    .isEqualTo("DENIED: " + what + " requires tier2_justification. Rationale: because");
            act(action, params.replace("}", (params.equals("{}") ? "" : ",") + "'tier2_justification':'j'}"))
                    .has(200);
        }

        @Test
        void other_branches_are_pushed_as_anywhere() {
            act("git_push", "{'branch':'topic'}").has(200);
            assertThat(project.eventTypes()).contains("pending_git_push");
        }

        @Test
        void a_directory_of_the_constitution_is_not_deleted_as_a_whole() {
            project.write(
                    "config/specs.json",
                    TowerHttp.quoted("{'specs':{'SPEC-001':{'status':'approved','roles':['Developer'],"
                            + "'action_types':['delete'],'paths':['adt_core/']}}}"));
            assertDenied(
                    act("delete", "{'file':'adt_core','tier2_justification':'j'}"), "tier2_authorization_required");
            assertThat(project.has(GATEWAY)).isTrue();
        }
    }

    @Nested
    final class Shown {
        @Test
        void status() {
            project.get("/api/dttp/status").has(200);
            assertThat(project.has("_cortex/ads")).isFalse();
            // From here on, the change of a sovereign file is told on the ledger.
            project.write("config/dttp.json", TowerHttp.quoted("{'name':'shop','enforcement_mode':'production'}"));
            JsonNode status = project.get("/api/dttp/status").has(200).json();
            assertThat(status.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "enforcement_mode",
                            "jurisdictions_count",
                            "mode",
                            "policy_loaded",
                            "problems",
                            "project",
                            "service",
                            "specs_count",
                            "total_denials",
                            "total_requests",
                            "uptime_seconds",
                            "version");
            assertThat(status.path("service").asText()).isEqualTo("dttp");
            assertThat(status.path("version").asText()).isEqualTo("0.1.0");
            assertThat(status.path("mode").asText()).isEqualTo("development");
            assertThat(status.path("enforcement_mode").asText()).isEqualTo("production");
            assertThat(status.path("specs_count").asInt()).isEqualTo(4);
            assertThat(status.path("jurisdictions_count").asInt()).isEqualTo(2);
            assertThat(status.path("policy_loaded")).hasToString("true");
            assertThat(status.path("uptime_seconds").isIntegralNumber()).isTrue();
        }

        @Test
        void policy() {
            JsonNode policy = project.get("/api/dttp/policy").has(200).json();
            assertThat(policy.path("specs").path("SPEC-002"))
                    .hasToString(TowerHttp.quoted("{'action_types':['edit'],'paths':['data/'],'roles':['Developer'],"
                            + "'status':'active','title':'Second'}"));
            assertThat(policy.path("jurisdictions").path("Architect"))
                    .hasToString(TowerHttp.quoted("{'action_types':[],'locked':false,'paths':['docs/','data/']}"));
            assertThat(policy.path("last_reload").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00");
            assertThat(policy.path("protected_paths").path("sovereign")).hasSize(10);
            assertThat(policy.path("protected_paths").path("constitutional")).isEmpty();
            assertThat(policy.path("problems")).isEmpty();
        }
    }
}
