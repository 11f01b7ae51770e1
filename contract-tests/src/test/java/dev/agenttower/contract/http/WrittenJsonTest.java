package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is JSON for every reader, and numbers of a proposal keep their digits. */
final class WrittenJsonTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String SCR = "/api/governance/sovereign-requests";
    private static final String LOG = "/api/ads/log";
    private static final String SPECS = "config/specs.json";
    private static final String QUEUE = "_cortex/ops/sovereign_requests.json";
    private static final String LEDGER = "_cortex/ads/events.jsonl";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static String change(String type, String payload) {
        return "{'agent':'claude','role':'Developer','target_path':'" + SPECS + "','change_type':'" + type + "',"
                + payload + "}";
    }

    private static String event(String more) {
        return "{'event_id':'one','ts':'2026-02-20T21:13:15Z','agent':'claude','role':'Developer',"
                + "'action_type':'note','description':'d','spec_ref':null,'authorized':true" + more + "}";
    }

    private String submitted(String change) {
        return project.post(SCR, change).has(201).text("scr_id");
    }

    private Reply decide(String id, String more) {
        return project.put(SCR + "/" + id, "{'action':'authorize'" + more + "}");
    }

    @Test
    void numbers_of_a_proposal_and_of_its_file_keep_their_digits() {
        project.write(SPECS, quoted("{'specs':{},'mine':[1.10,2E3,-0,-0.0,1.0000000000000000000002]}"));
        String numbers = "1.0000000000000000000001, 1e5, 1.10, -0, 1e-400, 12345678901234567890123";
        String id = submitted(change("json_merge", "'merge_data':{'n':[" + numbers + "]}"));
        String indented = numbers.replace(", ", ",\n    ");
        assertThat(project.get(SCR + "/" + id).has(200).body()).contains(numbers.replace(" ", ""));
        assertThat(project.read(QUEUE)).contains(numbers.replace(", ", ",\n          "));
        decide(id, "").has(200);
        assertThat(project.read(SPECS)).isEqualTo(quoted("""
                        {
                          'specs': {},
                          'mine': [
                            1.10,
                            2E3,
                            -0,
                            -0.0,
                            1.0000000000000000000002
                          ],
                          'n': [
                            NUMBERS
                          ]
                        }""").replace("NUMBERS", indented));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1E99999999999", "Infinity", "-Infinity", "NaN"})
    void a_number_that_is_out_of_range_is_written_nowhere(String number) {
        String before = project.read(SPECS);
        for (Reply reply : new Reply[] {
            project.post(SCR, change("json_merge", "'merge_data':{'n':" + number + "}")),
            project.post(LOG, event(",'n':[" + number + "]")),
            project.post("/api/dttp/request", "{'params':{'n':" + number + "}}"),
            project.put(SCR + "/x", "{'action':'authorize','edited_merge_data':{'n':" + number + "}}")
        }) {
            assertThat(reply.has(400).text("error")).startsWith("Malformed JSON: ");
        }
        assertThat(project.has(QUEUE)).isFalse();
        assertThat(project.has(LEDGER)).isFalse();
        String id = submitted(change("full_replace", "'content':'{\\\"n\\\": " + number + "}'"));
        assertThat(project.get(SCR + "/" + id + "/preview").has(200).text("problem"))
                .startsWith("the result would not be JSON: ")
                .contains("line 1 column ");
        assertThat(decide(id, "").has(500).text("error"))
                .startsWith("Failed to apply change: the result would not be JSON: ");
        assertThat(project.read(SPECS)).isEqualTo(before);
        StrictJson.read(project.get(SCR).has(200).body());
        StrictJson.read(project.read(LEDGER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"NaN | Non-standard token 'NaN'", "1e400 | the number 1e400 is out of range"})
    void a_file_that_holds_one_is_named_as_broken(String number, String problem) {
        project.write(SPECS, quoted("{'specs':{},\n'n':") + number + "}");
        assertThat(project.http()
                        .get("/api/projects/" + project.name())
                        .has(200)
                        .json()
                        .path("problems"))
                .anySatisfy(found -> {
                    assertThat(found.path("file").asText()).isEqualTo(SPECS);
                    assertThat(found.path("problem").asText()).contains(problem, "line 2 column ");
                });
        String id = submitted(change("json_merge", "'merge_data':{'a':1}"));
        assertThat(project.get(SCR + "/" + id + "/preview").has(200).text("problem"))
                .contains(problem, "line 2 column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "x\\udc00", "\\udc00\\ud800", "\\ud800\\u0041"})
    void half_a_surrogate_pair_is_refused(String half) {
        String error = "{'error':'Malformed JSON: half of a surrogate pair'}";
        Reply key = project.post(SCR, change("json_merge", "'merge_data':{'a':[{'" + half + "':1}]}"));
        assertThat(key.has(400).text("error")).startsWith("Malformed JSON: ").contains("surrogate");
        project.post(SCR, change("append", "'content':'" + half + "'")).is(400, error);
        project.post(SCR, change("json_merge", "'merge_data':{'a':['" + half + "']}"))
                .is(400, error);
        project.post(LOG, event(",'more':'" + half + "'")).is(400, error);
        project.post("/api/governance/requests", "{'from_role':'A','to_role':'B','title':'" + half + "'}")
                .is(400, error);
        assertThat(project.has(QUEUE) || project.has(LEDGER)).isFalse();
        project.post(LOG, event(",'more':'\\ud83d\\ude00'")).has(200);
        StrictJson.read(project.read(LEDGER));

        assertThat(tower.exchange(quoted("{'method':'list_panes','params':{'container':'" + half + "'}}\n"))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("bad_json");
        assertThat(tower.exchange(quoted("{'method':'app.preflight','params':{'" + half + "':1}}\n"))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'T\\\\ud800'", "{'\\\\udc00':1}"})
    void half_a_surrogate_pair_in_the_text_of_a_file_is_no_json(String value) {
        String before = project.read(SPECS);
        String content = ("{'specs':" + value + "}").replace("'", "\\\"");
        String id = submitted(change("full_replace", "'content':'" + content + "'"));
        assertThat(project.get(SCR + "/" + id + "/preview").has(200).text("problem"))
                .startsWith("the result would not be JSON: ")
                .containsIgnoringCase("surrogate");
        assertThat(decide(id, "").has(500).text("error")).startsWith("Failed to apply change: the result would not be");
        assertThat(project.read(SPECS)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e999"})
    void a_number_that_is_out_of_range_is_refused_on_the_other_socket(String number) {
        assertThat(tower.exchange(quoted("{'method':'ping','params':{'x':[" + number + "]}}\n"))
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("json decode failed: a number is out of range");
        assertThat(tower.exchange(quoted("{'method':'app.preflight','x':" + number + "}\n"))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("malformed_request");
    }

    @Test
    void what_others_wrote_is_answered_so_that_everybody_can_read_it() throws IOException {
        project.post(LOG, event("")).has(200);
        Files.writeString(
                project.path(LEDGER),
                quoted("{'event_id': 'two', 'a': '\\udc00\\ud83d\\ude00', 'n': NaN, 'm': -Infinity}\n"),
                StandardOpenOption.APPEND);
        project.write(
                QUEUE,
                quoted("{'requests':[{'id':'scr_x','ts':'t','status':'pending','target_path':'" + SPECS
                        + "','change_type':'full_replace','content':'\\ud800'}]}"));
        for (String target : new String[] {
            "/api/ads/events", "/api/ads/events?cursor=start", SCR, SCR + "/scr_x", SCR + "/scr_x/preview"
        }) {
            Reply reply = project.get(target).has(200);
            assertThat(reply.body()).isASCII();
            StrictJson.read(reply.body());
        }
        assertThat(project.get("/api/ads/events").body()).contains("\"a\":\"\\uFFFD\\uD83D\\uDE00\"");
        project.put(SCR + "/scr_x", "{'action':'reject'}").has(200);
        StrictJson.read(project.read(QUEUE).replace("\n", " "));
    }
}
