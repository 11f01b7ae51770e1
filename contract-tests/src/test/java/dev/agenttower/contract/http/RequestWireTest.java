package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of one role to another: {@code /api/governance/requests}, and {@code /api/requests}. */
final class RequestWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String PATH = "/api/governance/requests";
    private static final String FILE = "_cortex/requests.md";
    private static final String NEEDED = "{'error':'from_role, to_role, and title are required'}";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static String request(String more) {
        return "{'from_role':'Developer','to_role':'Architect','title':'A title'" + more + "}";
    }

    private String filed(String body) {
        return project.post(PATH, body).has(201).text("req_id");
    }

    private Reply update(String id, String body) {
        return project.put(PATH + "/" + id + "/status", body);
    }

    @Nested
    final class Filing {
        @Test
        void answers_with_the_next_number_and_appends_an_entry_that_others_can_read() {
            Reply reply = project.post(
                    PATH,
                    request(",'from_agent':'TEST_AGENT','description':'First\\nsecond','priority':'HIGH','type':'BUG',"
                            + "'related_specs':['SPEC-1','SPEC-2']"));
            String event = reply.text("event_id");
            reply.is(201, "{'event_id':'" + event + "','req_id':'REQ-001','status':'OPEN'}");
            assertThat(project.read(FILE))
                    .matches("# Cross-Role Requests\n\n\n---\n\n## REQ-001: A title\n\n"
                            + "\\*\\*From:\\*\\* Developer \\(TEST_AGENT\\)\n\\*\\*To:\\*\\* @Architect\n"
                            + "\\*\\*Date:\\*\\* \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\n\\*\\*Type:\\*\\* BUG\n"
                            + "\\*\\*Priority:\\*\\* HIGH\n\\*\\*Related Specs:\\*\\* SPEC-1, SPEC-2\n\n"
                            + "### Description\n\nFirst\nsecond\n\n### Status\n\n\\*\\*OPEN\\*\\*\n");
            JsonNode logged = project.lastEvent();
            assertThat(logged.path("event_id").asText()).isEqualTo(event).contains("_req_filed_");
            assertThat(logged.path("action_type").asText()).isEqualTo("request_filed");
            assertThat(logged.path("agent").asText()).isEqualTo("TEST_AGENT");
            assertThat(logged.path("role").asText()).isEqualTo("Developer");
            assertThat(logged.path("tier").asInt()).isEqualTo(3);
            assertThat(logged.path("spec_ref").asText()).isEqualTo("SPEC-037");
            assertThat(logged.path("description").asText()).isEqualTo("Filed REQ-001: A title targeting Architect.");
            assertThat(logged.path("action_data"))
                    .hasToString(quoted("{'req_id':'REQ-001','title':'A title','to_role':'Architect'}"));
        }

        @Test
        void fills_in_what_is_not_said() {
            filed(request(""));
            assertThat(project.read(FILE))
                    .contains("**From:** Developer (AGENT)", "**Type:** SPEC_REQUEST", "**Priority:** MEDIUM")
                    .doesNotContain("Related Specs");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "null", "''", "{'from_role':'A'}", "{'from_role':'A','to_role':'B'}"})
        void needs_two_roles_and_a_title(String body) {
            project.post(PATH, body).is(400, NEEDED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"from_role", "to_role", "title", "from_agent", "description", "priority", "type"})
        void takes_texts_only(String key) {
            for (String value : List.of("1", "true", "[]", "{}")) {
                String body = request(",'" + key + "':" + value);
                String once = body.replaceFirst("'" + key + "':'[^']*',?", "").replace(",}", "}");
                project.post(PATH, once).is(400, "{'error':'" + key + " must be a string'}");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"'A'", "[1]", "{}", "['A',null]"})
        void takes_a_list_of_texts_for_the_specs(String specs) {
            project.post(PATH, request(",'related_specs':" + specs))
                    .is(400, "{'error':'related_specs must be a list of strings'}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'from_role':'Developer' | 'from_role':'A\\nB' | from_role",
                    "'from_role':'Developer' | 'from_role':'' | from_role",
                    "'to_role':'Architect' | 'to_role':'A**' | to_role",
                    "'title':'A title' | 'title':'t','from_agent':'A)\\n' | from_agent",
                    "'title':'A title' | 'title':'t','priority':'**HIGH**' | priority",
                    "'title':'A title' | 'title':'t','type':'a\\n---' | type",
                    "'title':'A title' | 'title':'t','related_specs':['A, B'] | related_specs"
                })
        void takes_names_that_are_names(String field, String other, String name) {
            Reply reply = project.post(PATH, request("").replace(field, other));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("error")).startsWith(name + " is not a name of letters, digits and underscores");
        }

        @Test
        void bounds_title_description_and_specs() {
            project.post(PATH, request("").replace("A title", "x".repeat(501)))
                    .is(400, "{'error':'title exceeds 500 characters'}");
            project.post(PATH, request(",'description':'" + "x".repeat(20_001) + "'"))
                    .is(400, "{'error':'description exceeds 20000 characters'}");
            project.post(PATH, request(",'related_specs':[" + "'S',".repeat(50) + "'S']"))
                    .is(400, "{'error':'related_specs has more than 50 entries'}");
        }

        @Test
        void cannot_forge_an_entry_a_field_or_a_status() {
            String forged =
                    "x\\n---\\n\\n## REQ-500: forged\\n\\n**To:** @Me\\n\\n### Status\\n\\n**COMPLETED**\\n\\r---\\u2028## REQ-501: f";
            filed(request(",'description':'" + forged + "'").replace("A title", forged));
            filed(request(""));
            JsonNode requests = project.get(PATH).json().path("requests");
            assertThat(requests.findValuesAsText("id")).containsExactly("REQ-001", "REQ-002");
            assertThat(requests.findValuesAsText("status")).containsOnly("OPEN");
            assertThat(requests.findValuesAsText("to")).containsOnly("Architect");
            update("REQ-002", "{'agent':'A','role':'Architect'}").has(200);
            assertThat(project.get(PATH).json().path("requests").findValuesAsText("status"))
                    .containsExactly("OPEN", "COMPLETED");
        }

        @Test
        void is_not_for_reserved_names() {
            project.post(PATH, request(",'from_agent':'HUMAN'")).is(403, "{'error':'agent \\'HUMAN\\' is reserved'}");
        }

        @Test
        void goes_on_counting_after_the_highest_number() {
            project.write(FILE, "# Requests\n\n## REQ-1041: by hand\n\n**Status:** WAITING\n");
            assertThat(filed(request(""))).isEqualTo("REQ-1042");
            assertThat(project.get(PATH).json().path("requests").findValuesAsText("status"))
                    .containsExactly("WAITING", "OPEN");
        }

        @Test
        void of_a_hundred_at_once_gives_a_hundred_numbers_in_sequence_and_whole_entries() throws Exception {
            List<String> sequence = IntStream.rangeClosed(1, 100)
                    .mapToObj(number -> String.format("REQ-%03d", number))
                    .toList();
            assertThat(AtOnce.call(
                            16,
                            100,
                            i -> filed(request(",'description':'text " + i + "\\nand more'")
                                    .replace("A title", "title " + i))))
                    .containsExactlyInAnyOrderElementsOf(sequence);
            JsonNode requests = project.get(PATH).json().path("requests");
            assertThat(requests.findValuesAsText("id")).containsExactlyElementsOf(sequence);
            assertThat(requests)
                    .allSatisfy(entry -> assertThat(entry.path("summary").asText())
                            .isEqualTo(entry.path("title").asText().replace("title", "text") + "\nand more"));
            assertThat(project.eventTypes()).hasSize(100).containsOnly("request_filed");
            project.get("/api/ads/integrity").is(200, "{'errors':[],'valid':true}");
        }
    }

    @Nested
    final class Reading {
        @ParameterizedTest
        @ValueSource(strings = {PATH, "/api/requests"})
        void has_all_in_the_order_of_the_file(String path) {
            project.get(path).is(200, "{'requests':[]}");
            assertThat(project.has(FILE)).isFalse();
            filed(request(",'from_agent':'CLAUDE','description':'" + "d".repeat(300) + "'"));
            filed(request("").replace("Architect", "ALL"));
            JsonNode requests = project.get(path).json().path("requests");
            String date = requests.path(0).path("date").asText();
            assertThat(date).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");
            assertThat(requests.path(0))
                    .hasToString(quoted("{'author':'Developer (CLAUDE)','date':'" + date
                            + "','from_role':'Developer','id':'REQ-001','status':'OPEN','summary':'" + "d".repeat(200)
                            + "','title':'A title','to':'Architect'}"));
            assertThat(requests.path(1).path("to").asText()).isEqualTo("ALL");
        }

        @Test
        void is_filtered_by_role_and_status() {
            filed(request(""));
            filed(request("").replace("Architect", "ALL").replace("Developer", "Overseer"));
            update("REQ-001", "{'agent':'A','role':'Architect','status':'IN_PROGRESS'}")
                    .has(200);
            assertThat(ids("?role=architect")).containsExactly("REQ-001");
            assertThat(ids("?role=DEVELOPER")).containsExactly("REQ-001");
            assertThat(ids("?role=Arch")).isEmpty();
            assertThat(ids("?role=all")).containsExactly("REQ-002");
            assertThat(ids("?status=open")).containsExactly("REQ-002");
            assertThat(ids("?role=&status=")).hasSize(2);
        }

        private List<String> ids(String query) {
            return project.get(PATH + query).json().path("requests").findValuesAsText("id");
        }

        @Test
        void of_one_tells_all_of_it() {
            filed(request(
                    ",'description':'" + "d".repeat(300) + "','priority':'LOW','type':'BUG','related_specs':['S-1']"));
            JsonNode one = project.get(PATH + "/REQ-001").has(200).json();
            assertThat(one.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "author",
                            "date",
                            "description",
                            "from_role",
                            "id",
                            "priority",
                            "related_specs",
                            "status",
                            "summary",
                            "title",
                            "to",
                            "type");
            assertThat(one.path("description").asText()).hasSize(300);
            assertThat(one.path("type").asText()).isEqualTo("BUG");
            assertThat(one.path("priority").asText()).isEqualTo("LOW");
            assertThat(one.path("related_specs")).hasToString("[\"S-1\"]");
            assertThat(tower.run("request", "show", "REQ-001", "--project", project.name())
                            .orThrow()
                            .outLines())
                    .contains("type=BUG", "priority=LOW", "related_spec=S-1");
            project.get(PATH + "/REQ-002").is(404, "{'error':'Request REQ-002 not found'}");
            project.get(PATH + "/REQ-.*").is(404, "{'error':'Request REQ-.* not found'}");
        }

        @Test
        void of_what_people_wrote_by_hand_leaves_open_what_they_left_open() {
            project.write(
                    FILE,
                    "intro\n\n----\n## REQ-7: Old\n**From:** Somebody\nText\n### Status\n\n**IN PROGRESS** since then\n");
            JsonNode one = project.get(PATH + "/REQ-7").has(200).json();
            assertThat(one.path("type").isNull()).isTrue();
            assertThat(one.path("priority").isNull()).isTrue();
            assertThat(one.path("related_specs")).isEmpty();
            assertThat(one.path("status").asText()).isEqualTo("IN PROGRESS");
            assertThat(one.path("to").asText()).isEqualTo("ALL");
            assertThat(one.path("date").asText()).isEqualTo("UNKNOWN");
            assertThat(one.path("from_role").asText()).isEqualTo("Somebody");
            assertThat(one.path("summary").asText()).isEqualTo("Text");
        }
    }

    @Nested
    final class StatusUpdates {
        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "null", "''"})
        void need_a_body(String body) {
            update("REQ-001", body).is(400, "{'error':'No JSON body'}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'status':'OPEN'}",
                    "{'agent':'A'}",
                    "{'role':'R'}",
                    "{'agent':'','role':'R'}",
                    "{'agent':'A','role':null}"
                })
        void need_an_agent_and_a_role(String body) {
            update("REQ-001", body).is(400, "{'error':'agent and role are required'}");
        }

        @Test
        void need_a_request_that_has_a_status() {
            String body = "{'agent':'A','role':'Architect'}";
            update("REQ-001", body).is(404, "{'error':'requests.md not found'}");
            project.write(FILE, "## REQ-001: no status\n\n---\n\n## REQ-002: other\n\n### Status\n\n**OPEN**\n");
            update("REQ-001", body).is(404, "{'error':'Request REQ-001 not found or status section missing'}");
            update("REQ-.*", body).is(404, "{'error':'Request REQ-.* not found or status section missing'}");
            assertThat(project.read(FILE)).contains("**OPEN**");
        }

        @Test
        void are_for_the_two_roles_of_the_request() {
            filed(request(""));
            update("REQ-001", "{'agent':'A','role':'Overseer'}")
                    .is(403, "{'error':'Request REQ-001 is addressed to Architect, not Overseer'}");
            Reply reply = update("REQ-001", "{'agent':'gemini','role':'architect','status':'in_progress'}");
            String event = reply.text("event_id");
            reply.is(
                    200,
                    "{'event_id':'" + event + "','new_status':'IN_PROGRESS','req_id':'REQ-001','status':'success'}");
            JsonNode logged = project.lastEvent();
            assertThat(logged.path("action_type").asText()).isEqualTo("request_status_updated");
            assertThat(logged.path("description").asText()).startsWith("Request REQ-001 marked as IN_PROGRESS by ");
            assertThat(logged.path("agent").asText()).isEqualTo("GEMINI");
            assertThat(logged.path("role").asText()).isEqualTo("Architect");
            assertThat(logged.path("spec_ref").asText()).isEqualTo("SPEC-035");
            assertThat(logged.path("tier").asInt()).isEqualTo(3);
            assertThat(logged.path("action_data")).hasToString(quoted("{'req_id':'REQ-001','status':'IN_PROGRESS'}"));
            assertThat(logged.path("event_id").asText()).isEqualTo(event).contains("_req_upd_");
            update("REQ-001", "{'agent':'A','role':'Developer','status':'WITHDRAWN'}")
                    .has(200);
            assertThat(project.read(FILE)).contains("### Status\n\n**WITHDRAWN**\n");
        }

        @Test
        void are_for_everybody_where_everybody_is_asked() {
            filed(request("").replace("Architect", "ALL"));
            update("REQ-001", "{'agent':'A','role':'Anybody'}").has(200);
            assertThat(project.get(PATH + "/REQ-001").text("status")).isEqualTo("COMPLETED");
        }

        @ParameterizedTest
        @ValueSource(strings = {"OPEN", "IN_PROGRESS", "COMPLETED", "REJECTED", "WITHDRAWN", "SUPERSEDED", "open"})
        void know_six_states(String status) {
            filed(request(""));
            assertThat(update("REQ-001", "{'agent':'A','role':'Architect','status':'" + status + "'}")
                            .has(200)
                            .text("new_status"))
                    .isEqualTo(status.toUpperCase(Locale.ROOT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"'DONE'", "'COMPLETED**'", "'OPEN\\n**X**'", "7", "[]"})
        void know_no_other_state(String status) {
            filed(request(""));
            update("REQ-001", "{'agent':'A','role':'Architect','status':" + status + "}")
                    .has(400);
            assertThat(project.read(FILE)).contains("**OPEN**");
        }

        @Test
        void leave_remarks_after_the_status_alone() {
            project.write(FILE, "## REQ-001: t\n**To:** @Architect\n\n### Status\n\n**OPEN** -- see below\r\nmore\n");
            update("REQ-001", "{'agent':'A','role':'Architect'}").has(200);
            assertThat(project.read(FILE))
                    .isEqualTo(
                            "## REQ-001: t\n**To:** @Architect\n\n### Status\n\n**COMPLETED** -- see below\r\nmore\n");
        }

        @Test
        void come_by_the_short_path_as_well_and_name_their_project_in_the_body() {
            filed(request(""));
            project.http()
                    .put(
                            "/api/requests/REQ-001/status",
                            "{'agent':'A','role':'Architect','project':'" + project.name() + "'}")
                    .has(200);
            assertThat(project.get(PATH + "/REQ-001").text("status")).isEqualTo("COMPLETED");
        }
    }

    @Nested
    final class FeedbackOfTheHuman {
        @Test
        void is_filed_for_all() {
            Reply reply = project.post("/api/requests", "{'author':'Ann','type':'bug','description':' It\\nbroke '}");
            String event = reply.text("event_id");
            reply.is(201, "{'event_id':'" + event + "','request_id':'REQ-001','status':'success'}");
            assertThat(project.read(FILE))
                    .matches("# Cross-Role Requests\n\n\n---\n\n## REQ-001: Bug Request\n\n\\*\\*From:\\*\\* Ann\n"
                            + "\\*\\*Date:\\*\\* \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\n\\*\\*Type:\\*\\* BUG\n"
                            + "\\*\\*Priority:\\*\\* MEDIUM\n\n### Description\n\nIt\nbroke\n\n### Status\n\n"
                            + "\\*\\*OPEN\\*\\* -- Submitted via ADT Panel\\.\n");
            JsonNode logged = project.lastEvent();
            assertThat(logged.path("agent").asText()).isEqualTo("HUMAN");
            assertThat(logged.path("role").asText()).isEqualTo("Collaborator");
            assertThat(logged.path("action_type").asText()).isEqualTo("request_submitted");
            assertThat(logged.path("spec_ref").asText()).isEqualTo("SPEC-025");
            assertThat(logged.path("tier").asInt()).isEqualTo(3);
            assertThat(logged.path("description").asText()).isEqualTo("REQ-001 (bug) by Ann: It broke");
        }

        @Test
        void has_an_author_and_a_type_in_any_case() {
            project.post("/api/requests", "{'type':'wish','description':'" + "d".repeat(100) + "'}")
                    .has(201);
            assertThat(project.read(FILE)).contains("## REQ-001: Improvement Request", "**From:** Anonymous");
            assertThat(project.lastEvent().path("description").asText())
                    .isEqualTo("REQ-001 (improvement) by Anonymous: " + "d".repeat(80));
        }

        @Test
        void needs_a_description_and_a_human() {
            project.post("/api/requests", "{}").is(400, "{'error':'No JSON body'}");
            project.post("/api/requests", "{'author':'A'}").is(400, "{'error':'Description is required'}");
            project.post("/api/requests", "{'description':' \\n '}").is(400, "{'error':'Description is required'}");
            project.post("/api/requests", "{'description':7}").is(400, "{'error':'description must be a string'}");
            project.post("/api/requests", "{'description':'d'}", "X-Agent: CLAUDE")
                    .is(403, "{'error':'Only humans can submit feedback'}");
            assertThat(project.has(FILE)).isFalse();
        }
    }
}
