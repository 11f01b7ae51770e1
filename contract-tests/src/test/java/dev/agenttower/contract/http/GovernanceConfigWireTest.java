package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles, specs and what does not fit: {@code /api/governance/roles} and beside it. */
final class GovernanceConfigWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String ROLES = "/api/governance/roles";
    private static final String DEVELOPER = ROLES + "/Developer";
    private static final String SPEC = "/api/governance/specs/SPEC-001/roles";
    private static final String HUMANS = "{'error':'Only humans can change the governance configuration'}";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    @Test
    void roles_are_those_of_jurisdictions_and_specs() {
        project.write(
                        "config/jurisdictions.json",
                        quoted(
                                "{'jurisdictions':{'Developer':{'paths':['src/'],'action_types':['review'],'locked':true},"
                                        + "'Architect':['docs/']}}"))
                .write(
                        "config/specs.json",
                        quoted("{'specs':{'S-1':{'roles':['Developer','Ghost'],'action_types':['edit','review']},"
                                + "'S-2':{'roles':['Developer'],'action_types':['patch']}}}"));
        project.get(ROLES)
                .is(
                        200,
                        "{'roles':{'Architect':{'action_types':[],'locked':false,'paths':['docs/'],'specs':[]},"
                                + "'Developer':{'action_types':['review','edit','patch'],'locked':true,'paths':['src/'],"
                                + "'specs':['S-1','S-2']},"
                                + "'Ghost':{'action_types':['edit','review'],'locked':false,'paths':[],'specs':['S-1']}}}");
    }

    @Test
    void a_role_gets_other_paths_and_the_ledger_has_both() {
        Reply reply = project.put(DEVELOPER, "{'paths':['src/','tests/integration/'],'action_types':['edit','patch']}");
        String event = reply.text("event_id");
        reply.is(200, "{'event_id':'" + event + "','role':'Developer','status':'success'}");
        assertThat(project.read("config/jurisdictions.json")).isEqualTo("""
                        {
                          "jurisdictions": {
                            "Developer": {
                              "paths": [
                                "src/",
                                "tests/integration/"
                              ],
                              "action_types": [
                                "edit",
                                "patch"
                              ],
                              "locked": false
                            },
                            "Architect": [
                              "docs/",
                              "data/"
                            ]
                          }
                        }""");
        JsonNode logged = project.lastEvent();
        assertThat(logged.path("event_id").asText()).isEqualTo(event);
        assertThat(logged.path("action_type").asText()).isEqualTo("governance_config_updated");
        assertThat(logged.path("agent").asText()).isEqualTo("HUMAN");
        assertThat(logged.path("role").asText()).isEqualTo("Collaborator");
        assertThat(logged.path("tier").asInt()).isEqualTo(1);
        assertThat(logged.path("spec_ref").asText()).isEqualTo("SPEC-026");
        assertThat(logged.path("description").asText()).isEqualTo("Updated jurisdiction for Developer.");
        assertThat(logged.path("action_data").path("before").path("paths")).hasSize(3);
        assertThat(logged.path("action_data")
                        .path("after")
                        .path("paths")
                        .path(1)
                        .asText())
                .isEqualTo("tests/integration/");
        assertThat(project.get(ROLES).json().path("roles").path("Developer").path("paths"))
                .hasSize(2);
    }

    @Test
    void an_old_form_becomes_the_new_one_and_other_keys_stay() {
        project.write("config/jurisdictions.json", quoted("{'note':1,'jurisdictions':{'Architect':['docs/']}}"));
        project.put(ROLES + "/Architect", "{'paths':['docs/','lib/']}").has(200);
        assertThat(project.read("config/jurisdictions.json").replaceAll("\\s", ""))
                .isEqualTo(
                        quoted(
                                "{'note':1,'jurisdictions':{'Architect':{'paths':['docs/','lib/'],'action_types':[],'locked':false}}}"));
    }

    @Test
    void who_is_no_human_changes_nothing() {
        project.put(DEVELOPER, "{'paths':['x/']}", "X-Agent: CLAUDE").is(403, HUMANS);
        project.put(ROLES + "/Nobody", "{}", "X-Agent: CLAUDE").is(403, HUMANS);
        project.put(SPEC, "{'roles':['x']}", "X-Agent: CLAUDE").is(403, HUMANS);
        assertThat(project.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "0"})
    void a_change_needs_a_body(String body) {
        project.put(DEVELOPER, body).is(400, "{'error':'No JSON body'}");
        project.put(SPEC, body).is(400, "{'error':'No JSON body'}");
    }

    @Test
    void what_is_not_there_is_not_changed() {
        project.put(ROLES + "/developer", "{'paths':['x/']}").is(404, "{'error':'Role developer not found'}");
        project.put("/api/governance/specs/SPEC-0/roles", "{'roles':[]}").is(404, "{'error':'Spec SPEC-0 not found'}");
    }

    @Test
    void a_locked_role_has_to_be_unlocked() {
        project.put(DEVELOPER, "{'locked':true}").has(200);
        String locked = "{'error':'Role Developer is locked. Unlock first.'}";
        project.put(DEVELOPER, "{'paths':['x/']}").is(403, locked);
        project.put(DEVELOPER, "{'locked':false}").is(403, locked);
        project.put(DEVELOPER, "{'unlock':true,'paths':['x/']}").has(200);
        project.put(DEVELOPER, "{'paths':['y/']}").has(200);
    }

    @Test
    void a_role_keeps_one_path_at_least() {
        project.put(DEVELOPER, "{'paths':[]}").is(400, "{'error':'Role must have at least one jurisdiction path'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/specs.json",
                "./config/specs.json",
                "config//dttp.json",
                "src/../config/dttp.json",
                "config",
                "config/",
                ".",
                "./",
                "..",
                "../x",
                "/",
                "/etc",
                ".claude",
                ".codex/config.toml",
                "_cortex/",
                "src/link",
                "src/link/specs.json"
            })
    void no_role_gets_a_sovereign_path_nor_what_is_above_one_or_leads_to_one(String path) {
        project.link("src/link", "../config");
        project.put(DEVELOPER, "{'paths':['src/','" + path + "']}")
                .is(400, "{'error':'Path " + path + " is a sovereign path and cannot be assigned to an agent role.'}");
        assertThat(project.read("config/jurisdictions.json")).isEqualTo(quoted(GovernedFolder.ROLES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'paths':'src/' | paths",
                "'paths':[1] | paths",
                "'paths':{} | paths",
                "'action_types':'edit' | action_types",
                "'action_types':[null] | action_types"
            })
    void lists_are_lists_of_texts(String field, String name) {
        project.put(DEVELOPER, "{" + field + "}")
                .is(400, "{'error':'" + name + " must be a list of at most 1000 strings'}");
    }

    @Test
    void a_spec_is_bound_to_other_roles() {
        Reply reply = project.put(SPEC, "{'roles':['Architect','Ghost'],'action_types':['edit']}");
        String event = reply.text("event_id");
        reply.is(200, "{'event_id':'" + event + "','spec_id':'SPEC-001','status':'success'}");
        JsonNode spec = project.get("/api/dttp/policy").json().path("specs").path("SPEC-001");
        assertThat(spec.path("roles")).hasToString("[\"Architect\",\"Ghost\"]");
        assertThat(spec.path("action_types")).hasToString("[\"edit\"]");
        assertThat(spec.path("title").asText()).isEqualTo("First");
        assertThat(project.lastEvent().path("description").asText()).isEqualTo("Updated role bindings for SPEC-001.");
        assertThat(project.lastEvent().path("action_data").path("before").path("roles"))
                .hasSize(2);
        project.put(SPEC, "{'paths':['x']}").is(400, "{'error':'roles or action_types is required'}");
        project.put(SPEC, "{'roles':'Architect'}").is(400, "{'error':'roles must be a list of at most 1000 strings'}");
    }

    @Test
    void a_broken_file_is_not_written_over() {
        project.write("config/jurisdictions.json", "{").write("config/specs.json", "[]");
        Reply role = project.put(DEVELOPER, "{'paths':['x/']}");
        assertThat(role.status()).isEqualTo(500);
        assertThat(role.text("error")).startsWith("config/jurisdictions.json is broken: ");
        project.put(SPEC, "{'roles':['A']}").is(500, "{'error':'config/specs.json is not an object'}");
        assertThat(project.read("config/jurisdictions.json")).isEqualTo("{");
    }

    @Test
    void enforcement_is_active_and_shows_the_last_denials() {
        project.write("config/dttp.json", quoted("{'enforcement_mode':'production','sovereign_paths':['KEY']}"));
        for (int i = 0; i < 12; i++) {
            project.post(
                            "/api/dttp/request",
                            "{'agent':'A','role':'Developer','spec_id':'SPEC-001','action':'edit','params':{'file':'docs/"
                                    + i + "'},'rationale':'r','dry_run':true}")
                    .has(403);
            project.post(
                            "/api/dttp/request",
                            "{'agent':'A','role':'Developer','spec_id':'SPEC-001','action':'edit','params':{'file':'src/a'},'rationale':'r','dry_run':true}")
                    .has(200);
        }
        JsonNode enforcement =
                project.get("/api/governance/enforcement").has(200).json();
        assertThat(enforcement.fieldNames())
                .toIterable()
                .containsExactly("mode", "protected_paths", "recent_denials", "status");
        assertThat(enforcement.path("mode").asText()).isEqualTo("production");
        assertThat(enforcement.path("status").asText()).isEqualTo("active");
        assertThat(enforcement
                        .path("protected_paths")
                        .path("sovereign")
                        .path(10)
                        .asText())
                .isEqualTo("KEY");
        JsonNode denials = enforcement.path("recent_denials");
        assertThat(denials).hasSize(10);
        assertThat(denials.path(0).path("description").asText()).contains("docs/2");
        assertThat(denials.path(9).path("description").asText()).contains("docs/11");
        assertThat(denials)
                .allMatch(event -> event.path("authorized").toString().equals("false"));
    }

    @Test
    void conflicts_name_what_does_not_fit() {
        project.write(
                        "config/jurisdictions.json",
                        quoted(
                                "{'jurisdictions':{'Architect':['config/','_cortex/MASTER_PLAN.md'],'Developer':['src/']}}"))
                .write(
                        "config/specs.json",
                        quoted(
                                "{'specs':{'S-1':{'status':'approved','roles':['Developer','Ghost'],'action_types':[]}}}"));
        JsonNode conflicts =
                project.get("/api/governance/conflicts").has(200).json().path("conflicts");
        assertThat(conflicts).hasSize(5);
        assertThat(conflicts.path(0))
                .hasToString(quoted(
                        "{'message':'Role Architect has access to sovereign path config/specs.json','path':'config/specs.json',"
                                + "'role':'Architect','type':'sovereign_conflict'}"));
        assertThat(conflicts.path(4))
                .hasToString(quoted(
                        "{'message':'Role Ghost is authorized in S-1 but has no jurisdiction in jurisdictions.json',"
                                + "'role':'Ghost','spec_id':'S-1','type':'missing_jurisdiction'}"));
    }
}
