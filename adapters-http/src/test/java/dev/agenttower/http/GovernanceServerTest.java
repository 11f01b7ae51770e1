package dev.agenttower.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.governance.human.AgentMarks;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.governance.registry.InMemoryWorkspace;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.SessionMember;
import dev.agenttower.http.HttpExchange.Reply;
import dev.agenttower.http.transport.HttpProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class GovernanceServerTest {
    private static final String SCR = "/api/governance/sovereign-requests";
    private static final String APPEND =
            "{\"agent\":\"CLAUDE\",\"role\":\"Developer\",\"target_path\":\"_cortex/MASTER_PLAN.md\",\"change_type\":\"append\",\"content\":\"more\\n\"}";

    @TempDir
    Path directory;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private GovernanceFixture tower;
    private InMemoryWorkspace demo;

    @BeforeEach
    void start() throws IOException {
        tower = GovernanceFixture.in(directory);
        demo = tower.project("demo");
        demo.project().write("_cortex/MASTER_PLAN.md", "plan\n");
    }

    @AfterEach
    void stop() {
        tower.close();
        clients.shutdownNow();
    }

    private static String action(String role, String file, boolean isDryRun) {
        return "{\"agent\":\"CLAUDE\",\"role\":\"" + role
                + "\",\"spec_id\":\"SPEC-001\",\"action\":\"write\",\"params\":{\"file\":\"" + file
                + "\",\"content\":\"x\"},\"rationale\":\"why\",\"dry_run\":" + isDryRun + "}";
    }

    private String submitted() throws IOException {
        return tower.call("POST", SCR, APPEND).json().path("scr_id").asText();
    }

    @Nested
    final class Routing {
        @Test
        void answers_what_is_no_route_with_json() throws IOException {
            Reply reply = tower.get("/nothing/here");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().path("error").asText()).isEqualTo("No such route: GET /nothing/here");
        }

        @Test
        void names_the_methods_that_a_route_has() throws IOException {
            Reply reply = tower.call("DELETE", SCR, "");
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.headers()).contains("Allow: GET, POST");
        }

        @Test
        void refuses_a_body_that_is_not_said_to_be_json() throws IOException {
            try (HttpExchange exchange = new HttpExchange(tower.socket)) {
                Reply reply = exchange.send(
                                "POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
                        .read();
                assertThat(reply.status()).isEqualTo(415);
                assertThat(reply.json().has("error")).isTrue();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"{", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "nul", "{\"a\":NaN}"})
        void refuses_a_body_that_is_no_json(String body) throws IOException {
            Reply reply = tower.call("POST", "/api/dttp/request", body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("error").asText()).startsWith("Malformed JSON");
        }

        @Test
        void refuses_json_that_is_too_deep() throws IOException {
            Reply reply = tower.call("POST", "/api/dttp/request", "[".repeat(101) + "]".repeat(101));
            assertThat(reply.status()).isEqualTo(400);
        }

        @Test
        void writes_plain_ascii_with_sorted_keys_on_one_line() throws IOException {
            tower.call("POST", SCR, APPEND.replace("more", "m\u00e9hr"));
            String body = tower.get(SCR).body();
            assertThat(body)
                    .endsWith("}\n")
                    .contains("m\\u00E9hr")
                    .contains("{\"agent\":\"CLAUDE\",\"authorized_at\":null,");
            assertThat(body.lines().count()).isEqualTo(1);
        }

        @Test
        void serves_several_requests_on_one_connection() throws IOException {
            try (HttpExchange exchange = new HttpExchange(tower.socket)) {
                assertThat(exchange.exchange("GET", "/api/dttp/status", "").keepsAlive())
                        .isTrue();
                assertThat(exchange.exchange("GET", "/api/dttp/status", "", "Connection: close")
                                .keepsAlive())
                        .isFalse();
                assertThat(exchange.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    final class ProjectSelection {
        @Test
        void takes_the_only_project() throws IOException {
            assertThat(tower.get("/api/dttp/status").json().path("project").asText())
                    .isEqualTo("demo");
        }

        @Test
        void takes_the_project_around_the_working_directory_and_rather_the_one_that_is_named() throws IOException {
            tower.project("other");
            assertThat(tower.get("/api/dttp/status").status()).isEqualTo(404);
            tower.workingDirectory.set(Optional.of("/srv/other/src"));
            assertThat(tower.get("/api/dttp/status").json().path("project").asText())
                    .isEqualTo("other");
            assertThat(tower.get("/api/dttp/status?project=demo")
                            .json()
                            .path("project")
                            .asText())
                    .isEqualTo("demo");
            tower.onHost.set(false);
            assertThat(tower.get("/api/dttp/status").status()).isEqualTo(404);
        }

        @Test
        void does_not_know_a_project_that_is_not_registered() throws IOException {
            Reply reply = tower.get("/api/dttp/status?project=none");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().path("error").asText()).isEqualTo("Project 'none' not found.");
        }

        @Test
        void registers_shows_and_forgets_projects() throws IOException {
            String body = "{\"path\":\"/srv/new\"}";
            assertThat(tower.call("POST", "/api/projects", body).status()).isEqualTo(201);
            assertThat(tower.call("POST", "/api/projects", body).status()).isEqualTo(200);
            assertThat(tower.call("POST", "/api/projects", "{\"path\":\"/srv/new/inner\"}")
                            .status())
                    .isEqualTo(409);
            assertThat(tower.call("POST", "/api/projects", "{\"path\":\"/srv/x\",\"name\":\"new\"}")
                            .json())
                    .hasToString("{\"error\":\"Project 'new' already registered.\"}");
            assertThat(tower.call("POST", "/api/projects", "{\"path\":\"/elsewhere\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(tower.get("/api/projects/new").json().path("problems")).hasSize(2);
            Reply init = tower.call("POST", "/api/projects/init", body);
            assertThat(init.status()).isEqualTo(201);
            assertThat(init.json().path("created")).isNotEmpty();
            assertThat(tower.call("POST", "/api/projects/init", body).status()).isEqualTo(200);
            assertThat(tower.get("/api/projects")
                            .json()
                            .path("new")
                            .path("stats")
                            .path("specs")
                            .asInt())
                    .isEqualTo(1);
            assertThat(tower.call("DELETE", "/api/projects/new", "").status()).isEqualTo(200);
            assertThat(tower.get("/api/projects/new").status()).isEqualTo(404);
        }
    }

    @Nested
    final class Actions {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | INVALID_BODY | No data provided",
                    "{\"a\":1} | INVALID_RATIONALE | Rationale must be a non-empty string",
                    "{\"rationale\":\"w\",\"params\":[]} | INVALID_PARAMS | Params must be a dictionary",
                    "{\"rationale\":\"w\"} | MISSING_FIELD | Missing required field: agent",
                    "{\"rationale\":\"w\",\"agent\":1,\"role\":\"R\",\"spec_id\":\"S\",\"action\":\"a\",\"params\":{}}"
                            + " | INVALID_TYPE | agent must be a string"
                })
        void tells_what_is_wrong_with_a_body(String body, String code, String message) throws IOException {
            Reply reply = tower.call("POST", "/api/dttp/request", body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body())
                    .isEqualTo("{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"status\":\"error\"}\n");
        }

        @Test
        void refuses_a_rationale_that_is_too_long() throws IOException {
            String body = action("Developer", "src/a", true).replace("why", "w".repeat(501));
            assertThat(tower.call("POST", "/api/dttp/request", body)
                            .json()
                            .path("code")
                            .asText())
                    .isEqualTo("RATIONALE_TOO_LONG");
        }

        @Test
        void allows_denies_and_executes() throws IOException {
            assertThat(tower.call("POST", "/api/dttp/request", action("Developer", "src/a", true))
                            .body())
                    .isEqualTo("{\"dry_run\":true,\"status\":\"allowed\"}\n");
            assertThat(tower.call("POST", "/api/dttp/request", action("Developer", "src/a", false))
                            .body())
                    .isEqualTo(
                            "{\"result\":{\"bytes\":1,\"result\":\"file_written\",\"status\":\"success\"},\"status\":\"allowed\"}\n");
            Reply denied = tower.call("POST", "/api/dttp/request", action("Developer", "config/specs.json", true));
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.body()).isEqualTo("{\"reason\":\"sovereign_path_violation\",\"status\":\"denied\"}\n");
            JsonNode status = tower.get("/api/dttp/status").json();
            assertThat(status.path("total_requests").asInt()).isEqualTo(3);
            assertThat(status.path("total_denials").asInt()).isEqualTo(1);
        }

        @Test
        void finds_the_role_itself_where_the_body_leaves_it_open() throws IOException {
            String open = action("", "src/a", true);
            assertThat(tower.call("POST", "/api/dttp/request", open)
                            .json()
                            .path("reason")
                            .asText())
                    .isEqualTo("Spec SPEC-001 does not authorize role Backend_Engineer for action edit");
            demo.project().write("config/dttp.json", "{\"default_role\":null}");
            Reply none = tower.call("POST", "/api/dttp/request", open);
            assertThat(none.status()).isEqualTo(403);
            assertThat(none.json().path("reason").asText()).isEqualTo("no_role");
        }

        @Test
        void names_a_policy_file_that_is_broken() throws IOException {
            demo.project().write("config/specs.json", "{");
            Reply denied = tower.call("POST", "/api/dttp/request", action("Developer", "src/a", true));
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.json().path("detail").asText()).startsWith("config/specs.json: ");
            assertThat(tower.get("/api/dttp/policy")
                            .json()
                            .path("problems")
                            .path(0)
                            .path("file")
                            .asText())
                    .isEqualTo("config/specs.json");
        }
    }

    @Nested
    final class Changes {
        @Test
        void are_submitted_shown_previewed_and_authorized() throws IOException {
            Reply created = tower.call("POST", SCR, APPEND);
            assertThat(created.status()).isEqualTo(201);
            String id = created.json().path("scr_id").asText();
            assertThat(tower.call("POST", SCR, APPEND).json().path("scr_id").asText())
                    .isEqualTo(id);
            assertThat(tower.get(SCR + "?status=pending").json().path("requests"))
                    .hasSize(1);
            assertThat(tower.get(SCR + "?status=rejected").json().path("requests"))
                    .isEmpty();
            assertThat(tower.get(SCR + "/" + id).json().path("id").asText()).isEqualTo(id);
            JsonNode preview = tower.get(SCR + "/" + id + "/preview").json();
            assertThat(preview.path("would_apply").asBoolean()).isTrue();
            assertThat(preview.path("diff").asText()).contains("+more");
            JsonNode edited = tower.call("POST", SCR + "/" + id + "/preview", "{\"edited_content\":\"less\\n\"}")
                    .json();
            assertThat(edited.path("result").asText()).isEqualTo("plan\nless\n");
            String word = "{\"action\":\"authorize\",\"edited_content\":\"less\\n\",\"expected_sha256\":\""
                    + preview.path("current_sha256").asText() + "\"}";
            assertThat(tower.call("PUT", SCR + "/" + id, word).body())
                    .isEqualTo("{\"new_status\":\"authorized\",\"scr_id\":\"" + id + "\",\"status\":\"success\"}\n");
            assertThat(demo.project().read("_cortex/MASTER_PLAN.md").text()).isEqualTo("plan\nless\n");
            assertThat(tower.get("/api/ads/events?action_type=sovereign_change_applied")
                            .json())
                    .hasSize(1);
        }

        @Test
        void that_were_seen_otherwise_are_a_conflict() throws IOException {
            Reply reply =
                    tower.call("PUT", SCR + "/" + submitted(), "{\"action\":\"authorize\",\"expected_sha256\":\"00\"}");
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().has("current_sha256")).isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | 400 | action is required",
                    "{\"action\":\"dance\"} | 400 | Invalid action: dance",
                    "{\"action\":\"authorize\",\"edited_content\":\"\"} | 500 | Failed to apply change: No content to append"
                })
        void tell_what_is_wrong_with_a_decision(String body, int status, String error) throws IOException {
            Reply reply = tower.call("PUT", SCR + "/" + submitted(), body);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.json().path("error").asText()).isEqualTo(error);
        }

        @Test
        void that_are_unknown_or_decided_are_refused() throws IOException {
            String reject = "{\"action\":\"reject\",\"reason\":\"no\"}";
            assertThat(tower.call("PUT", SCR + "/scr_none", reject).body())
                    .isEqualTo("{\"error\":\"SCR not found\"}\n");
            String id = submitted();
            assertThat(tower.call("PUT", SCR + "/" + id, reject)
                            .json()
                            .path("new_status")
                            .asText())
                    .isEqualTo("rejected");
            assertThat(tower.call("PUT", SCR + "/" + id, reject).body())
                    .isEqualTo("{\"error\":\"SCR is already rejected\"}\n");
            assertThat(tower.call("PUT", SCR + "/" + id, "{\"action\":\"dance\"}")
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void are_withdrawn_by_the_role_that_proposed_them_agent_or_not() throws IOException {
            String id = submitted();
            assertThat(tower.call("PUT", SCR + "/" + id, withdraw("Architect")).status())
                    .isEqualTo(403);
            assertThat(tower.call("PUT", SCR + "/" + id, withdraw("Developer"), "X-Agent: CLAUDE")
                            .json())
                    .hasToString("{\"new_status\":\"withdrawn\",\"scr_id\":\"" + id + "\",\"status\":\"success\"}");
        }

        private String withdraw(String role) {
            return "{\"action\":\"withdraw\",\"agent\":\"CLAUDE\",\"role\":\"" + role + "\"}";
        }
    }

    @Nested
    final class Humans {
        private Reply authorize(String... headers) throws IOException {
            return tower.call("PUT", SCR + "/" + submitted(), "{\"action\":\"reject\"}", headers);
        }

        @Test
        void are_not_who_names_an_agent() throws IOException {
            Reply reply = authorize("X-Agent: CLAUDE");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("{\"error\":\"Only humans can manage SCRs\"}\n");
            assertThat(authorize("X-Agent:").status()).isEqualTo(200);
        }

        @Test
        void are_not_below_the_pane_of_an_agent() throws IOException {
            KernelSession session = new KernelSession(100, 3);
            tower.agents.change(
                    Set.of(), new AgentMarks(Set.of(new SessionMember(GovernanceFixture.SHELL, session)), Set.of()));
            Reply reply = authorize();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.json().path("reason").asText()).isEqualTo("agent_process");
            for (String target :
                    new String[] {"/api/governance/roles/Developer", "/api/governance/specs/SPEC-001/roles"}) {
                assertThat(tower.call("PUT", target, "{\"roles\":[],\"locked\":true}")
                                .status())
                        .isEqualTo(403);
            }
            assertThat(tower.call("POST", "/api/projects", "{\"path\":\"/srv/x\"}")
                            .status())
                    .isEqualTo(403);
            assertThat(tower.call("DELETE", "/api/projects/demo", "").status()).isEqualTo(403);
            assertThat(tower.call("POST", "/api/ads/heal", "{\"reason\":\"r\"}").status())
                    .isEqualTo(403);
        }

        @Test
        void are_not_in_a_container() throws IOException {
            tower.onHost.set(false);
            assertThat(authorize().json().path("reason").asText()).isEqualTo("not_on_host");
        }

        @Test
        void bring_the_passphrase_where_one_is_set() throws IOException {
            tower.passphrase.set(Optional.of(PassphraseHash.create("p\u00e4ss".toCharArray(), new SecureRandom())));
            assertThat(authorize().json().path("reason").asText()).isEqualTo("passphrase_required");
            for (int i = 0; i < 4; i++) {
                assertThat(authorize("X-Operator-Passphrase: wrong")
                                .json()
                                .path("reason")
                                .asText())
                        .isEqualTo("passphrase_wrong");
            }
            assertThat(authorize("X-Operator-Passphrase: p%C3%A4ss").status()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                authorize("X-Operator-Passphrase: wrong");
            }
            Reply locked = authorize("X-Operator-Passphrase: p%C3%A4ss");
            assertThat(locked.status()).isEqualTo(429);
            assertThat(locked.json().path("reason").asText()).isEqualTo("too_many_attempts");
        }
    }

    @Nested
    final class Roles {
        @Test
        void are_shown_changed_and_compared() throws IOException {
            assertThat(tower.get("/api/governance/roles")
                            .json()
                            .path("roles")
                            .path("Developer")
                            .path("paths"))
                    .hasToString("[\"src/\"]");
            String role = "/api/governance/roles/Developer";
            assertThat(tower.call("PUT", role, "{}").body()).isEqualTo("{\"error\":\"No JSON body\"}\n");
            assertThat(tower.call("PUT", "/api/governance/roles/Nobody", "{\"locked\":true}")
                            .status())
                    .isEqualTo(404);
            assertThat(tower.call("PUT", role, "{\"paths\":[]}").status()).isEqualTo(400);
            assertThat(tower.call("PUT", role, "{\"paths\":[\"config/\"]}").status())
                    .isEqualTo(400);
            assertThat(tower.call("PUT", role, "{\"paths\":[\"src/\",\"test/\"],\"locked\":true}")
                            .status())
                    .isEqualTo(200);
            assertThat(tower.call("PUT", role, "{\"paths\":[\"src/\"]}").status())
                    .isEqualTo(403);
            assertThat(tower.call("PUT", "/api/governance/specs/SPEC-001/roles", "{\"roles\":[\"Ghost\"]}")
                            .json()
                            .path("spec_id")
                            .asText())
                    .isEqualTo("SPEC-001");
            assertThat(tower.get("/api/governance/conflicts")
                            .json()
                            .path("conflicts")
                            .path(0)
                            .path("type")
                            .asText())
                    .isEqualTo("missing_jurisdiction");
            assertThat(tower.get("/api/governance/enforcement")
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("active");
        }
    }

    @Nested
    final class Sessions {
        private String session(String role, String more) {
            return "{\"agent\":\"CLAUDE\",\"role\":\"" + role + "\",\"spec_id\":\"SPEC-001\"" + more + "}";
        }

        @Test
        void are_listed_by_their_ids() throws IOException {
            assertThat(tower.call("POST", "/api/sessions/start", "{\"agent\":\"C\"}")
                            .body())
                    .isEqualTo("{\"error\":\"Missing agent, role, or spec_id\"}\n");
            tower.call("POST", "/api/sessions/start", session("Developer", ",\"session_id\":\"one\""));
            tower.call("POST", "/api/sessions/start", session("Architect", ",\"session_id\":\"two\",\"sandbox\":true"));
            assertThat(tower.get("/api/sessions")
                            .json()
                            .path("sessions")
                            .path(1)
                            .path("sandbox")
                            .asBoolean())
                    .isTrue();
            Reply ended = tower.call("POST", "/api/sessions/end", session("Developer", ",\"session_id\":\"one\""));
            assertThat(ended.json().path("commit_hash").asText()).isEqualTo("unknown");
            assertThat(tower.get("/api/sessions").json().path("sessions")).hasSize(1);
        }

        @Test
        void bind_their_processes_to_a_role_and_make_them_agents() throws IOException {
            assertThat(tower.get("/api/governance/identity?role=Architect")
                            .json()
                            .path("role_source")
                            .asText())
                    .isEqualTo("environment");
            assertThat(tower.call("POST", "/api/sessions/start", session("Developer", ",\"pid\":4711"))
                            .status())
                    .isEqualTo(400);
            Reply started = tower.call("POST", "/api/sessions/start", session("Developer", ",\"pid\":100"));
            assertThat(started.json().path("session_id").asText()).startsWith("ses_");
            JsonNode identity = tower.get("/api/governance/identity").json();
            assertThat(identity.path("role").asText()).isEqualTo("Developer");
            assertThat(identity.path("role_source").asText()).isEqualTo("session");
            assertThat(identity.path("human_reason").asText()).isEqualTo("agent_process");
            Reply mismatch = tower.call("POST", "/api/dttp/request", action("Architect", "docs/a", true));
            assertThat(mismatch.status()).isEqualTo(403);
            assertThat(mismatch.json().path("reason").asText()).isEqualTo("role_mismatch");
            assertThat(tower.get("/api/ads/events?action_type=role_mismatch").json())
                    .hasSize(1);
            assertThat(tower.call("POST", SCR, APPEND.replace("Developer", "Architect"))
                            .status())
                    .isEqualTo(403);
            tower.call(
                    "POST",
                    "/api/sessions/end",
                    session(
                            "Developer",
                            ",\"session_id\":\""
                                    + started.json().path("session_id").asText() + "\""));
            assertThat(tower.get("/api/governance/identity")
                            .json()
                            .path("human")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Nested
    final class Requests {
        private static final String PATH = "/api/governance/requests";

        @Test
        void are_filed_listed_and_updated() throws IOException {
            assertThat(tower.call("POST", PATH, "{\"from_role\":\"A\"}").body())
                    .isEqualTo("{\"error\":\"from_role, to_role, and title are required\"}\n");
            Reply filed = tower.call(
                    "POST",
                    PATH,
                    "{\"from_role\":\"Developer\",\"to_role\":\"Architect\",\"title\":\"T\",\"description\":\"D\"}");
            assertThat(filed.status()).isEqualTo(201);
            assertThat(filed.json().path("req_id").asText()).isEqualTo("REQ-001");
            assertThat(tower.get(PATH + "?role=architect").json().path("requests"))
                    .hasSize(1);
            assertThat(tower.get(PATH + "?role=Overseer").json().path("requests"))
                    .isEmpty();
            assertThat(tower.get(PATH + "/REQ-001").json().path("description").asText())
                    .isEqualTo("D");
            assertThat(tower.get(PATH + "/REQ-002").status()).isEqualTo(404);
            assertThat(update("REQ-001", "{}").body()).isEqualTo("{\"error\":\"No JSON body\"}\n");
            assertThat(update("REQ-001", "{\"role\":\"R\"}").body())
                    .isEqualTo("{\"error\":\"agent and role are required\"}\n");
            assertThat(update("REQ-001", "{\"agent\":\"A\",\"role\":\"Overseer\"}")
                            .status())
                    .isEqualTo(403);
            assertThat(update("REQ-001", "{\"agent\":\"A\",\"role\":\"Architect\",\"status\":\"DONE\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(update("REQ-001", "{\"agent\":\"A\",\"role\":\"Architect\"}")
                            .json()
                            .path("new_status")
                            .asText())
                    .isEqualTo("COMPLETED");
        }

        private Reply update(String id, String body) throws IOException {
            return tower.call("PUT", PATH + "/" + id + "/status", body);
        }
    }

    @Nested
    final class Events {
        @Test
        void come_as_an_array_or_in_pages() throws IOException {
            for (int i = 0; i < 5; i++) {
                tower.call("POST", "/api/dttp/request", action("Developer", "src/" + i, true));
            }
            assertThat(tower.get("/api/ads/events").json()).hasSize(5);
            assertThat(tower.get("/api/ads/events?limit=x&offset=3").json()).hasSize(2);
            assertThat(tower.get("/api/ads/events?limit=2&offset=1")
                            .json()
                            .path(0)
                            .path("description")
                            .asText())
                    .contains("src/1");
            assertThat(tower.get("/api/ads/events?agent=NONE").body()).isEqualTo("[]\n");
            assertThat(tower.get("/api/ads/events?limit=0").body())
                    .isEqualTo("{\"error\":\"limit must be between 1 and 1000\"}\n");
            assertThat(tower.get("/api/ads/events?offset=-1").body())
                    .isEqualTo("{\"error\":\"offset must be non-negative\"}\n");
            JsonNode newest = tower.get("/api/ads/events?cursor=end&limit=2").json();
            assertThat(newest.path("events").path(1).path("description").asText())
                    .contains("src/4");
            JsonNode older = tower.get("/api/ads/events?direction=backward&limit=2&cursor="
                            + newest.path("before").asText())
                    .json();
            assertThat(older.path("events").path(1).path("description").asText())
                    .contains("src/2");
            String after = newest.path("after").asText();
            assertThat(tower.get("/api/ads/events?cursor=" + after).json().path("events"))
                    .isEmpty();
            tower.call("POST", "/api/dttp/request", action("Developer", "src/5", true));
            assertThat(tower.get("/api/ads/events?cursor=" + after).json().path("events"))
                    .hasSize(1);
            assertThat(tower.get("/api/ads/events?cursor=nonsense").status()).isEqualTo(400);
            assertThat(tower.get("/api/ads/events?cursor=2.ffffffffffffffff").status())
                    .isEqualTo(409);
            assertThat(tower.get("/api/ads/integrity").body()).isEqualTo("{\"errors\":[],\"valid\":true}\n");
            assertThat(tower.get("/api/ads/integrity?detail=1").body())
                    .isEqualTo("{\"errors\":[],\"events\":6,\"faults\":0,\"first_bad_line\":0,\"valid\":true}\n");
        }

        @Test
        void can_be_waited_for() throws Exception {
            String after = end();
            Future<Reply> next = clients.submit(() -> tower.get("/api/ads/events?wait=30&cursor=" + after));
            Future<Reply> nextOfAnother =
                    clients.submit(() -> tower.get("/api/ads/events?wait=30&role=Architect&cursor=" + after));
            tower.call("POST", "/api/dttp/request", action("Developer", "src/0", true));
            assertThat(next.get().json().path("events")).hasSize(1);
            assertThat(next.get().json().path("before").asText()).isEqualTo(after);
            tower.call("POST", "/api/dttp/request", action("Architect", "src/1", true));
            JsonNode filtered = nextOfAnother.get().json();
            assertThat(filtered.path("events")).hasSize(1);
            assertThat(filtered.path("before").asText()).isEqualTo(after);
            assertThat(tower.get("/api/ads/events?cursor="
                                    + filtered.path("after").asText())
                            .json()
                            .path("events"))
                    .isEmpty();
        }

        @Test
        void are_waited_for_without_a_worker_and_not_beyond_the_end_of_the_server() throws Exception {
            tower.close();
            tower = new GovernanceFixture(
                    directory, HttpProtocol.LIMITS.withWorkers(2, 64, 1, 1).withWaiting(8), GovernanceFixture.ownUid());
            tower.project("demo");
            String after = end();
            List<Future<Reply>> waiting = IntStream.range(0, 9)
                    .mapToObj(i -> clients.submit(() -> tower.get("/api/ads/events?wait=30&cursor=" + after)))
                    .toList();
            // Eight wait, and one more does not.
            await().until(() -> waiting.stream().anyMatch(Future::isDone));
            assertThat(tower.get("/api/dttp/status").status()).isEqualTo(200);
            tower.close();
            for (Future<Reply> one : waiting) {
                assertThat(one.get().json().path("events")).isEmpty();
            }
        }

        @Test
        void are_waited_for_within_bounds_and_in_one_direction() throws IOException {
            assertThat(tower.get("/api/ads/events?cursor=start&wait=31").body())
                    .isEqualTo("{\"error\":\"wait must be between 0 and 30\"}\n");
            assertThat(tower.get("/api/ads/events?cursor=end&wait=1").status()).isEqualTo(400);
            assertThat(tower.get("/api/ads/events?cursor=start&wait=0").status())
                    .isEqualTo(200);
        }

        private String end() throws IOException {
            return tower.get("/api/ads/events?cursor=end").json().path("after").asText();
        }

        @Test
        void that_only_governance_may_write_are_not_taken() throws IOException {
            String event = "{\"event_id\":\"e\",\"ts\":\"2026-02-20T21:13:15Z\",\"agent\":\"HUMAN\",\"role\":\"r\","
                    + "\"action_type\":\"t\",\"description\":\"d\",\"spec_ref\":null,\"authorized\":true}";
            assertThat(tower.call("POST", "/api/ads/log", event).status()).isEqualTo(403);
            assertThat(tower.call("POST", "/api/ads/log", event.replace("HUMAN", "CLAUDE"))
                            .status())
                    .isEqualTo(200);
            assertThat(tower.call("POST", "/api/ads/log", "{\"agent\":\"A\"}")
                            .json()
                            .path("code")
                            .asText())
                    .isEqualTo("INVALID_EVENT");
        }
    }

    @Test
    void the_status_line_counts_what_waits_in_all_projects() throws IOException {
        tower.project("other");
        assertThat(tower.get("/api/governance/statusline").json().path("text").asText())
                .isEmpty();
        tower.call("POST", SCR + "?project=demo", APPEND);
        assertThat(tower.get("/api/governance/statusline").json().path("text").asText())
                .isEqualTo("Pending authorizations: 1");
        assertThat(tower.get("/api/governance/statusline?project=other")
                        .json()
                        .path("pending")
                        .asInt())
                .isZero();
    }

    @Test
    void a_second_server_does_not_take_the_socket() {
        assertThatThrownBy(() -> GovernanceFixture.in(directory)).isInstanceOf(IOException.class);
    }
}
