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
    }

    @Nested
    final class Actions {
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

        @Test
        void tell_what_the_human_gate_says_to_another_process() throws IOException {
            String callers = "/api/governance/callers/";
            JsonNode human = tower.get(callers + GovernanceFixture.OWN_PID).json();
            assertThat(human.path("human").asBoolean()).isTrue();
            assertThat(human.path("human_reason").isNull()).isTrue();

            tower.call("POST", "/api/sessions/start", session("Developer", ",\"pid\":100"));

            JsonNode agent = tower.get(callers + GovernanceFixture.OWN_PID).json();
            assertThat(agent.path("human").asBoolean()).isFalse();
            assertThat(agent.path("human_reason").asText()).isEqualTo("agent_process");
            assertThat(tower.get(callers + "4711").json().path("human_reason").asText())
                    .isEqualTo("other_user");
            assertThat(tower.get(callers + "0").status()).isEqualTo(400);
            assertThat(tower.get(callers + "1x").status()).isEqualTo(400);
            tower.onHost.set(false);
            assertThat(tower.get(callers + GovernanceFixture.OWN_PID).status()).isEqualTo(403);
        }
    }

    @Nested
    final class Events {
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
