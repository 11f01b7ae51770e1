package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of agents and their roles: {@code /api/sessions} and {@code /api/governance/identity}, called by real processes. */
final class SessionWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String START = "/api/sessions/start";
    private static final String END = "/api/sessions/end";
    private static final String MISSING = "{'error':'Missing agent, role, or spec_id'}";

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.startAsOrphan();
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static String session(String role, String id, String more) {
        return "{'agent':'CLAUDE','role':'" + role + "','spec_id':'SPEC-001','session_id':'" + id + "'" + more + "}";
    }

    private void bind(AgentShell shell, String role, String id) {
        shell.post(project.at(START), session(role, id, ",'pid':" + shell.pid()))
                .has(200);
    }

    private Reply edit(AgentShell shell, String role, String file) {
        return shell.post(
                project.at("/api/dttp/request"),
                "{'agent':'CLAUDE','role':" + role
                        + ",'spec_id':'SPEC-001','action':'edit','params':{'file':'" + file
                        + "','content':'x'},'rationale':'because'}");
    }

    private static void assertMismatch(Reply reply, String session, String bound, String claimed) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(403);
        assertThat(reply.text("reason")).isEqualTo("role_mismatch");
        assertThat(reply.text("session_id")).isEqualTo(session);
        assertThat(reply.text("bound_role")).isEqualTo(bound);
        assertThat(reply.text("claimed_role")).isEqualTo(claimed);
    }

    private void assertMismatchOnLedger(String session, String bound, String claimed) {
        JsonNode event = project.lastEvent();
        assertThat(event.path("action_type").asText()).isEqualTo("role_mismatch");
        assertThat(event.path("authorized")).hasToString("false");
        assertThat(event.path("escalation")).hasToString("true");
        assertThat(event.path("role").asText()).isEqualTo(bound);
        assertThat(event.path("session_id").asText()).isEqualTo(session);
        assertThat(event.path("description").asText())
                .isEqualTo(
                        "DENIED: Session " + session + " is bound to role " + bound + " but claims " + claimed + ".");
        assertThat(event.path("action_data"))
                .hasToString(quoted("{'bound_role':'" + bound + "','claimed_role':'" + claimed + "','session_id':'"
                        + session + "'}"));
    }

    @Nested
    final class Lists {
        @Test
        void a_start_is_on_the_list_and_on_the_ledger() {
            Reply started = project.post(START, session("developer", "one", ",'sandbox':true"));
            started.is(200, "{'event_id':'" + started.text("event_id") + "','status':'success'}");
            JsonNode event = project.lastEvent();
            assertThat(event.path("event_id").asText()).isEqualTo(started.text("event_id"));
            assertThat(event.path("action_type").asText()).isEqualTo("session_start");
            assertThat(event.path("agent").asText()).isEqualTo("CLAUDE");
            assertThat(event.path("role").asText()).isEqualTo("Developer");
            assertThat(event.path("spec_ref").asText()).isEqualTo("SPEC-001");
            assertThat(event.path("session_id").asText()).isEqualTo("one");
            assertThat(event.path("action_data")).hasToString("{\"sandbox\":true}");
            JsonNode sessions = project.get("/api/sessions").has(200).json().path("sessions");
            assertThat(sessions)
                    .hasToString(quoted("[{'agent':'CLAUDE','role':'Developer','sandbox':true,'session_id':'one',"
                            + "'spec_id':'SPEC-001','ts':'"
                            + sessions.path(0).path("ts").asText() + "'}]"));
        }

        @Test
        void one_agent_may_have_many_sessions() {
            project.post(START, session("Developer", "one", "")).has(200);
            project.post(START, session("Architect", "two", "")).has(200);
            project.post(START, session("Architect", "one", "")).has(200);
            assertThat(ids()).containsExactly("two", "one");
            project.post(END, session("Developer", "two", "")).has(200);
            assertThat(ids()).containsExactly("one");
        }

        private List<String> ids() {
            return project.get("/api/sessions").json().findValuesAsText("session_id");
        }

        @Test
        void an_end_names_the_commit() throws IOException {
            project.post(START, session("Developer", "one", "")).has(200);
            Reply ended = project.post(END, session("Developer", "one", ""));
            ended.is(200, "{'commit_hash':'unknown','event_id':'" + ended.text("event_id") + "','status':'success'}");
            JsonNode event = project.lastEvent();
            assertThat(event.path("action_type").asText()).isEqualTo("session_end");
            assertThat(event.path("session_id").asText()).isEqualTo("one");
            assertThat(event.path("action_data")).hasToString("{\"commit_hash\":\"unknown\"}");
            project.get("/api/sessions").is(200, "{'sessions':[]}");
            project.post(END, session("Developer", "never_started", "")).has(200);
        }

        @Test
        void uncommitted_work_keeps_a_session_open() throws Exception {
            git("init", "-q");
            project.write(".gitignore", "_cortex/\nconfig/\n").write("a", "x");
            project.post(START, session("Developer", "one", "")).has(200);
            Reply refused = project.post(END, session("Developer", "one", ""));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("error"))
                    .isEqualTo("Uncommitted changes detected. Session cannot be closed without a commit.");
            assertThat(refused.text("git_status")).contains("?? a");
            assertThat(project.get("/api/sessions").json().path("sessions")).hasSize(1);
            git("add", "-A");
            git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "all");
            assertThat(project.post(END, session("Developer", "one", ""))
                            .has(200)
                            .text("commit_hash"))
                    .matches("[0-9a-f]{40}");
            project.write("a", "y");
            project.post(END, session("Developer", "one", ",'force':true")).has(200);
        }

        private void git(String... arguments) throws Exception {
            List<String> command =
                    new ArrayList<>(List.of("git", "-C", project.root().toString()));
            command.addAll(List.of(arguments));
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        }

        @Test
        void nothing_that_a_repository_says_is_run() throws Exception {
            git("init", "-q");
            git("config", "core.fsmonitor", "touch ran; false");
            project.write(".gitignore", "_cortex/\nconfig/\n");
            project.post(END, session("Developer", "one", "")).has(403);
            assertThat(project.has("ran")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "[]",
                    "null",
                    "{'agent':'A','role':'R'}",
                    "{'agent':'A','spec_id':'S'}",
                    "{'role':'R','spec_id':'S'}",
                    "{'agent':'','role':'R','spec_id':'S'}",
                    "{'agent':'A','role':7,'spec_id':'S'}",
                    "{'agent':'A','role':'R','spec_id':null}"
                })
        void a_session_has_an_agent_a_role_and_a_spec(String body) {
            project.post(START, body).is(400, MISSING);
            project.post(START, body.replace("}", body.length() > 2 ? ",'pid':1}" : "'pid':1}"))
                    .is(400, MISSING);
            project.post(END, body).is(400, MISSING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ",'session_id':'unknown'", ",'session_id':''", ",'session_id':null"})
        void a_session_without_an_id_gets_one(String id) {
            Reply started = project.post(START, "{'agent':'A','role':'Developer','spec_id':'S'" + id + "}");
            assertThat(started.has(200).text("session_id")).startsWith("ses_");
            assertThat(ids()).containsExactly(started.text("session_id"));
        }

        @Test
        void names_are_bounded_and_not_the_humans() {
            project.post(START, session("Developer", "x".repeat(129), ""))
                    .is(400, "{'error':'session_id exceeds 128 characters'}");
            project.post(START, session("x".repeat(129), "one", "")).is(400, "{'error':'role exceeds 128 characters'}");
            project.post(START, session("Developer", "a\\nb", ""))
                    .is(400, "{'error':'session_id contains a control character'}");
            project.post(START, session("Developer", "one", "").replace("'one'", "7"))
                    .is(400, "{'error':'session_id must be a string'}");
            project.post(START, session("Developer", "one", "").replace("CLAUDE", "human"))
                    .is(403, "{'error':'agent \\'human\\' is reserved'}");
        }
    }

    @Nested
    final class Bindings {
        @Test
        void two_at_once_keep_their_own_jurisdictions() {
            try (AgentShell developer = AgentShell.start(tower, "sh");
                    AgentShell architect = AgentShell.start(tower, "sh")) {
                bind(developer, "developer", "dev");
                bind(architect, "Architect", "arch");
                for (String role : List.of("''", "null", "'Developer'", "'dEVELOPER'")) {
                    edit(developer, role, "src/a").has(200);
                }
                edit(architect, "null", "docs/a").has(200);
                assertThat(edit(developer, "null", "docs/a").has(403).text("reason"))
                        .isEqualTo("Path docs/a is outside the jurisdiction of role Developer");
                assertThat(edit(architect, "null", "src/a").has(403).text("reason"))
                        .isEqualTo("Path src/a is outside the jurisdiction of role Architect");
                JsonNode identity = developer.identity(project);
                assertThat(identity.path("role").asText()).isEqualTo("Developer");
                assertThat(identity.path("role_source").asText()).isEqualTo("session");
                assertThat(identity.path("session_id").asText()).isEqualTo("dev");
                assertThat(identity.path("spec_id").asText()).isEqualTo("SPEC-001");
                assertThat(architect.identity(project).path("role").asText()).isEqualTo("Architect");
            }
        }

        @Test
        void another_role_than_their_own_is_denied_and_on_the_ledger() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                Reply denied = edit(shell, "'Architect'", "docs/a");
                assertMismatch(denied, "dev", "Developer", "Architect");
                assertThat(denied.text("status")).isEqualTo("denied");
                assertMismatchOnLedger("dev", "Developer", "Architect");
                JsonNode status = project.get("/api/dttp/status").json();
                assertThat(status.path("total_requests").asInt()).isEqualTo(1);
                assertThat(status.path("total_denials").asInt()).isEqualTo(1);
                String change = "{'agent':'A','role':'Architect','target_path':'_cortex/MASTER_PLAN.md',"
                        + "'change_type':'append','content':'x'}";
                String event = "{'event_id':'e','ts':'2026-02-20','agent':'A','role':'Architect','action_type':'t',"
                        + "'description':'d','spec_ref':null,'authorized':true}";
                List<Reply> others = List.of(
                        shell.post(project.at("/api/governance/sovereign-requests"), change),
                        shell.put(
                                project.at("/api/governance/sovereign-requests/scr_1"),
                                "{'action':'withdraw','agent':'A','role':'Architect'}"),
                        shell.post(
                                project.at("/api/governance/requests"),
                                "{'from_role':'Architect','to_role':'Developer','title':'t'}"),
                        shell.put(
                                project.at("/api/governance/requests/REQ-001/status"),
                                "{'agent':'A','role':'Architect'}"),
                        shell.post(project.at("/api/ads/log"), event),
                        shell.post(project.at(END), session("Architect", "dev", "")),
                        shell.get(project.at("/api/governance/identity?role=Architect")));
                others.forEach(reply -> assertMismatch(reply, "dev", "Developer", "Architect"));
                assertThat(project.eventTypes().stream().filter("role_mismatch"::equals))
                        .hasSize(8);
            }
        }

        @Test
        void a_second_session_gives_no_other_role() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                assertMismatch(
                        shell.post(project.at(START), session("Architect", "other", ",'pid':" + shell.pid())),
                        "dev",
                        "Developer",
                        "Architect");
                assertMismatchOnLedger("dev", "Developer", "Architect");
                assertMismatch(
                        shell.post(project.at(START), session("Architect", "other", "")),
                        "dev",
                        "Developer",
                        "Architect");
                Reply deeper =
                        shell.callBy("sh -c '%s; :'", "POST", project.at(START), session("Architect", "other", ""));
                assertMismatch(deeper, "dev", "Developer", "Architect");
                shell.post(project.at(START), session("Developer", "more", ",'pid':" + shell.pid()))
                        .has(200);
                assertThat(shell.identity(project).path("role").asText()).isEqualTo("Developer");
            }
        }

        @Test
        void the_end_of_a_session_gives_no_other_role_and_makes_nobody_a_human() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                shell.post(project.at(END), session("Developer", "dev", "")).has(200);
                project.get("/api/sessions").is(200, "{'sessions':[]}");
                assertMismatch(edit(shell, "'Architect'", "docs/a"), "dev", "Developer", "Architect");
                assertMismatchOnLedger("dev", "Developer", "Architect");
                edit(shell, "null", "src/a").has(200);
                JsonNode identity = shell.identity(project);
                assertThat(identity.path("role").asText()).isEqualTo("Developer");
                assertThat(identity.path("role_source").asText()).isEqualTo("session");
                assertThat(identity.path("session_id").isNull()).isTrue();
                assertThat(identity.path("human")).hasToString("false");
                assertThat(identity.path("human_reason").asText()).isEqualTo("agent_process");
                assertMismatch(
                        shell.post(project.at(START), session("Architect", "new", ",'pid':" + shell.pid())),
                        "dev",
                        "Developer",
                        "Architect");
                bind(shell, "Developer", "new");
                assertThat(shell.identity(project).path("session_id").asText()).isEqualTo("new");
            }
        }

        @Test
        void nobody_ends_or_takes_the_session_of_another_process() {
            try (AgentShell one = AgentShell.start(tower, "sh");
                    AgentShell two = AgentShell.start(tower, "sh")) {
                bind(one, "Developer", "one");
                bind(two, "Architect", "two");
                Reply ended = one.post(project.at(END), session("Developer", "two", ""));
                ended.is(403, "{'error':'session one cannot end session two','reason':'not_own_session'}");
                JsonNode event = project.lastEvent();
                assertThat(event.path("action_type").asText()).isEqualTo("denied_session_end");
                assertThat(event.path("authorized")).hasToString("false");
                one.post(project.at(START), session("Developer", "two", ",'pid':" + one.pid()))
                        .has(409);
                project.post(START, session("Developer", "two", "")).has(409);
                assertThat(two.identity(project).path("role").asText()).isEqualTo("Architect");
                project.post(END, session("Architect", "two", "")).has(200);
                assertThat(two.identity(project).path("role").asText()).isEqualTo("Architect");
            }
        }

        @Test
        void started_again_from_a_child_stay_with_their_process() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                shell.callBy(
                                "sh -c 'sed -i s/4711/$$/ body*.json; %s; :'",
                                "POST", project.at(START), session("Developer", "dev", ",'pid':4711"))
                        .has(200);
                assertMismatch(edit(shell, "'Architect'", "docs/a"), "dev", "Developer", "Architect");
                assertThat(shell.identity(project).path("session_id").asText()).isEqualTo("dev");
            }
        }

        @Test
        void are_not_ended_by_an_agent_that_has_none_here() {
            GovernedFolder elsewhere = GovernedFolder.create(tower);
            try (AgentShell one = AgentShell.start(tower, "sh");
                    AgentShell other = AgentShell.start(tower, "sh")) {
                bind(one, "Developer", "one");
                other.post(elsewhere.at(START), session("Developer", "other", ",'pid':" + other.pid()))
                        .has(200);
                other.post(project.at(END), session("Developer", "one", ",'force':true"))
                        .is(
                                403,
                                "{'error':'a process without a session cannot end session one',"
                                        + "'reason':'not_own_session'}");
                assertThat(project.lastEvent().path("action_type").asText()).isEqualTo("denied_session_end");
                assertThat(one.identity(project).path("session_id").asText()).isEqualTo("one");
            }
        }

        @Test
        void are_to_the_caller_or_a_process_above_it() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                long unrelated = tower.pid();
                for (String pid :
                        List.of("1", String.valueOf(unrelated), "0", "-1", "'x'", "1.5", "[]", "true", "99999999999")) {
                    shell.post(project.at(START), session("Developer", "dev", ",'pid':" + pid))
                            .is(
                                    400,
                                    "{'error':'pid is neither the calling process nor one above it that a session can belong to'}");
                }
                assertThat(shell.identity(project).path("human")).hasToString("true");
                project.get("/api/sessions").is(200, "{'sessions':[]}");
            }
        }

        @Test
        void are_not_to_what_is_above_the_agent_itself() {
            try (AgentShell shell = AgentShell.start(tower, "sh");
                    AgentShell inner = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                String above = session(
                        "Developer", "dev", ",'pid':" + ProcessHandle.current().pid());
                shell.post(project.at(START), above).has(400);
                assertThat(inner.identity(project).path("human")).hasToString("true");
            }
        }

        @Test
        void need_the_process_to_be_named() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                shell.post(project.at(START), session("Developer", "dev", "")).has(200);
                JsonNode identity = shell.identity(project);
                assertThat(identity.path("session_id").isNull()).isTrue();
                assertThat(identity.path("role_source").asText()).isEqualTo("default");
                assertThat(identity.path("human")).hasToString("true");
                edit(shell, "'Architect'", "docs/a").has(200);
            }
        }

        @Test
        void end_with_the_process() throws Exception {
            long pid;
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                pid = shell.pid();
            }
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Architect", "dev");
                assertThat(shell.identity(project).path("role").asText()).isEqualTo("Architect");
            }
        }

        @Test
        void are_told_apart_by_when_a_process_started() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                String sessions = project.read("_cortex/ops/sessions.json");
                project.write(
                        "_cortex/ops/sessions.json", sessions.replaceFirst("(\"root_start_ticks\": \\d+)", "$17"));
                assertThat(shell.identity(project).path("role_source").asText()).isEqualTo("default");
                project.write("_cortex/ops/sessions.json", sessions);
                assertThat(shell.identity(project).path("role_source").asText()).isEqualTo("session");
            }
        }

        @Test
        void last_over_a_restart_of_the_daemon() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                tower.stop();
                tower.startAsOrphan();
                JsonNode identity = shell.identity(project);
                assertThat(identity.path("session_id").asText()).isEqualTo("dev");
                assertThat(identity.path("human_reason").asText()).isEqualTo("agent_process");
                assertMismatch(edit(shell, "'Architect'", "docs/a"), "dev", "Developer", "Architect");
            }
        }

        @Test
        void are_those_of_one_project() {
            GovernedFolder other = GovernedFolder.create(tower);
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                bind(shell, "Developer", "dev");
                JsonNode there = shell.identity(other);
                assertThat(there.path("role_source").asText()).isEqualTo("default");
                assertThat(there.path("human_reason").asText()).isEqualTo("agent_process");
            }
        }
    }

    @Nested
    final class Roles {
        private void assertRole(AgentShell shell, String query, String role, String source) {
            JsonNode identity = shell.get(project.at("/api/governance/identity" + query))
                    .has(200)
                    .json();
            assertThat(identity.path("role").asText()).isEqualTo(role);
            assertThat(identity.path("role_source").asText()).isEqualTo(source);
        }

        @Test
        void come_from_session_environment_file_and_default_in_this_order() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                assertRole(shell, "", "Backend_Engineer", "default");
                project.write("config/dttp.json", quoted("{'default_role':'developer'}"));
                assertRole(shell, "", "Developer", "default");
                project.write("_cortex/ops/active_role.txt", " architect \n");
                assertRole(shell, "", "Architect", "active_role_file");
                assertRole(shell, "?role=dEVELOPER", "Developer", "environment");
                assertRole(shell, "?role=", "Architect", "active_role_file");
                bind(shell, "Overseer", "one");
                assertRole(shell, "", "Overseer", "session");
                assertRole(shell, "?role=overseer", "Overseer", "session");
            }
        }

        @Test
        void that_nothing_names_are_denied_and_on_the_ledger() {
            project.write("config/dttp.json", quoted("{'default_role':null}"));
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                JsonNode identity = shell.identity(project);
                assertThat(identity.path("role").isNull()).isTrue();
                assertThat(identity.path("role_source").asText()).isEqualTo("none");
                Reply denied = edit(shell, "null", "src/a");
                denied.is(403, "{'message':'" + denied.text("message") + "','reason':'no_role','status':'denied'}");
                JsonNode event = project.lastEvent();
                assertThat(event.path("action_type").asText()).isEqualTo("denied_edit");
                assertThat(event.path("description").asText())
                        .isEqualTo("DENIED: no_role. Rationale provided: because");
                assertThat(event.path("role").asText()).isEqualTo("unknown");
                assertThat(event.path("authorized")).hasToString("false");
                assertThat(event.path("escalation")).hasToString("true");
                assertThat(event.path("spec_ref").asText()).isEqualTo("SPEC-001");
                assertThat(project.get("/api/dttp/status")
                                .json()
                                .path("total_denials")
                                .asInt())
                        .isEqualTo(1);
            }
        }
    }

    @Nested
    final class Identities {
        @Test
        void have_these_fields() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                project.write("_cortex/ops/active_spec.txt", "SPEC-002\n");
                JsonNode identity = shell.get(project.at("/api/governance/identity?agent=gemini"))
                        .has(200)
                        .json();
                assertThat(identity.fieldNames())
                        .toIterable()
                        .containsExactly(
                                "agent",
                                "agent_id",
                                "explanation",
                                "human",
                                "human_reason",
                                "label",
                                "on_host",
                                "passphrase_set",
                                "pid",
                                "project",
                                "role",
                                "role_source",
                                "session_id",
                                "session_pid",
                                "spec_id",
                                "uid");
                assertThat(identity.path("agent").asText()).isEqualTo("gemini");
                assertThat(identity.path("project").asText()).isEqualTo(project.name());
                assertThat(identity.path("spec_id").asText()).isEqualTo("SPEC-002");
                assertThat(identity.path("on_host")).hasToString("true");
                assertThat(identity.path("human")).hasToString("true");
                assertThat(identity.path("human_reason").isNull()).isTrue();
                assertThat(identity.path("passphrase_set")).hasToString("false");
                assertThat(identity.path("pid").asLong()).isPositive();
            }
        }

        @Test
        void are_told_without_a_project_too() {
            GovernedFolder.create(tower);
            JsonNode identity =
                    project.http().get("/api/governance/identity").has(200).json();
            assertThat(identity.path("project").isNull()).isTrue();
            assertThat(identity.path("role").isNull()).isTrue();
            assertThat(identity.path("role_source").asText()).isEqualTo("none");
            assertThat(identity.path("human")).hasToString("true");
            project.http().get("/api/governance/identity?project=none").has(404);
        }

        @Test
        void say_that_a_header_makes_an_agent() {
            JsonNode identity = project.get("/api/governance/identity", "X-Agent: CLAUDE")
                    .has(200)
                    .json();
            assertThat(identity.path("human")).hasToString("false");
            assertThat(identity.path("human_reason").asText()).isEqualTo("agent_header");
        }
    }
}
