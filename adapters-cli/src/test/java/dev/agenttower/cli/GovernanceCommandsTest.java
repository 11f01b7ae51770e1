package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.terminal.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GovernanceCommandsTest {
    private static final String IDENTITY = "GET /api/governance/identity";
    private static final String EVENTS = "GET /api/ads/events";
    private static final String HUMAN = "{'human': true}";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project list",
                "scr list",
                "request list",
                "ledger tail",
                "ledger verify",
                "whoami",
                "project add .",
                "request show REQ-001"
            })
    void without_a_daemon_the_command_says_so(String command) {
        assertThat(world.run(command.split(" "))).isEqualTo(new Run(2, "", CommandFailure.UNREACHABLE + "\n"));
    }

    @Test
    void a_group_alone_shows_its_help() {
        for (String group : List.of("config", "project", "policy", "session", "scr", "request", "ledger", "operator")) {
            assertThat(world.run(group).out())
                    .startsWith("usage: agenttower " + group + " [-h] subcommand ...\n")
                    .contains("example:\n  agenttower " + group);
        }
        assertThat(world.run("scr", "nonsense").err())
                .isEqualTo(
                        "usage: agenttower scr [-h] subcommand ...\nagenttower scr: error: argument subcommand: invalid"
                                + " choice: 'nonsense' (choose from 'propose', 'list', 'show', 'diff', 'authorize', 'edit',"
                                + " 'reject', 'withdraw')\n");
    }

    @ParameterizedTest
    @CsvSource({
        "scr list, 'pending, authorized, rejected, withdrawn, superseded, external'",
        "request list, 'OPEN, IN_PROGRESS, COMPLETED, REJECTED, WITHDRAWN, SUPERSEDED'"
    })
    void a_status_that_does_not_exist_is_answered_with_those_that_do(String command, String allowed) {
        assertThat(world.run((command + " --status done").split(" ")))
                .isEqualTo(new Run(
                        3,
                        "",
                        "error: --status \"done\" is unknown; use one of " + allowed + "\ncode: value_out_of_set\n"));
    }

    @Test
    void arguments_have_their_place_and_are_asked_for() {
        assertThat(world.run("request", "status", "REQ-001").err())
                .endsWith("agenttower request status: error: the following arguments are required: STATUS\n");
        assertThat(world.run("scr", "show", "a", "b").err())
                .endsWith("agenttower scr show: error: unrecognized arguments: b\n");
        assertThat(world.run("ledger", "tail", "-n").status()).isEqualTo(2);
    }

    @Nested
    class Projects {
        private static final String ENTRY =
                "'path': '/srv/sh\\u001bop', 'status': 'active', 'registered_at': 't', 'stats':"
                        + " {'specs': 2, 'tasks': 1, 'ads_events': 7}, 'problems': [{'file': 'config/specs.json', 'problem':"
                        + " 'no JSON'}]";

        @Test
        void are_listed_and_shown() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on("GET /api/projects/all", "{'shop': {" + ENTRY + "}}")
                    .on("GET /api/projects/shop", "{'name': 'shop', " + ENTRY + "}")) {
                assertThat(world.run("project", "list").out())
                        .isEqualTo("NAME\tSTATUS\tSPECS\tEVENTS\tPROBLEMS\tPATH\nshop\tactive\t2\t7\t1\t/srv/sh?op\n");
                assertThat(world.run("project", "list", "--json").out())
                        .startsWith("{\"ok\": true, \"result\": {\"projects\": [{\"name\": \"shop\", \"path\": ");
                assertThat(world.run("project", "show", "shop").out())
                        .isEqualTo(
                                "name=shop\npath=/srv/sh?op\nstatus=active\nregistered_at=t\nspecs=2\ntasks=1\nevents=7\n"
                                        + "problem=config/specs.json: no JSON\n");
                assertThat(api.targets()).hasSize(3);
            }
        }

        @Test
        void are_added_by_their_absolute_path() throws IOException {
            String answer = "{'status': 'success', 'project': {'name': 'shop', 'path': '/srv/shop', 'port': null}";
            try (FakeGovernance api = world.governance()
                    .on("POST /api/projects", answer + "}")
                    .on("POST /api/projects/init", answer + ", 'created': ['config/specs.json', 'config/dttp.json']}")
                    .on("DELETE /api/projects/shop", "{'status': 'success', 'name': 'shop'}")) {
                assertThat(world.run("project", "add", "x/../y", "--name", "shop")
                                .out())
                        .isEqualTo("name=shop\npath=/srv/shop\n");
                assertThat(api.body())
                        .isEqualTo("{\"path\": \"" + Path.of("y").toAbsolutePath() + "\", \"name\": \"shop\"}");

                assertThat(world.run("project", "init", "/srv/shop", "--no-detect")
                                .out())
                        .isEqualTo("name=shop\npath=/srv/shop\ncreated=config/specs.json\ncreated=config/dttp.json\n");
                assertThat(api.body()).isEqualTo("{\"path\": \"/srv/shop\", \"detect\": false}");

                assertThat(world.run("project", "remove", "shop").out()).isEqualTo("removed=shop\n");
            }
        }

        @Test
        void are_refused_to_agents() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(
                            "POST /api/projects",
                            403,
                            "{'error': 'Only humans can manage projects', 'reason': 'agent_process', 'message': 'pid 7'}")) {
                assertThat(world.run("project", "add", "/srv/shop"))
                        .isEqualTo(new Run(
                                3,
                                "",
                                "error: Only humans can manage projects: pid 7\ncode: agent_process\nnext: run it"
                                        + " yourself, in a terminal on the host that no agent was started from; `agenttower"
                                        + " whoami` says whom the daemon takes you for\n"));
                assertThat(api.targets()).hasSize(1);
            }
        }
    }

    @Nested
    class Requests {
        private static final String FILE = "POST /api/governance/requests";

        @Test
        void are_filed_in_the_role_that_the_daemon_knows() throws IOException {
            world.input = "first\nsecond\n";
            try (FakeGovernance api = world.governance()
                    .on(IDENTITY, "{'role': 'Developer', 'human': true}")
                    .on(FILE, 201, "{'req_id': 'REQ-001', 'status': 'OPEN', 'event_id': 'e'}")) {
                assertThat(world.run(
                                "request",
                                "file",
                                "--to",
                                "Architect",
                                "--title",
                                "t",
                                "--description=-",
                                "--spec",
                                "S1",
                                "--spec",
                                "S2",
                                "--project",
                                "shop"))
                        .isEqualTo(new Run(0, "req_id=REQ-001\nstatus=OPEN\nevent_id=e\n", ""));
                assertThat(api.targets()).containsExactly(IDENTITY + "?project=shop", FILE + "?project=shop");
                assertThat(api.body())
                        .isEqualTo("{\"from_role\": \"Developer\", \"from_agent\": \"CLI\", \"to_role\": \"Architect\","
                                + " \"title\": \"t\", \"description\": \"first\\nsecond\\n\", \"priority\": \"MEDIUM\","
                                + " \"type\": \"SPEC_REQUEST\", \"related_specs\": [\"S1\", \"S2\"]}");
            }
        }

        @Test
        void need_a_role() throws IOException {
            try (FakeGovernance api = world.governance().on(IDENTITY, "{'role': null, 'human': true}")) {
                Run run = world.run("request", "file", "--to", "Architect", "--title", "t");

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.err()).contains("--role");
                assertThat(api.targets()).containsExactly(IDENTITY);
            }
        }

        @Test
        void are_listed_shown_and_updated() throws IOException {
            String row =
                    "{'id': 'REQ-001', 'title': 'a\\tb', 'status': 'OPEN', 'author': 'A (B)', 'from_role': 'A', 'to':"
                            + " 'C', 'date': 'd', 'summary': 's'";
            try (FakeGovernance api = world.governance()
                    .on("GET /api/governance/requests", "{'requests': [" + row + "}]}")
                    .on(
                            "GET /api/governance/requests/REQ-001",
                            row
                                    + ", 'type': 'T', 'priority': 'HIGH', 'related_specs': ['S'], 'description': 'x\\n\\u009by'}")
                    .on(
                            "PUT /api/governance/requests/REQ-001/status",
                            "{'req_id': 'REQ-001', 'new_status': 'COMPLETED', 'event_id': 'e'}")) {
                assertThat(world.run("request", "list", "--role", "C", "--status", "OPEN")
                                .out())
                        .isEqualTo("REQ_ID\tSTATUS\tFROM\tTO\tDATE\tTITLE\nREQ-001\tOPEN\tA (B)\tC\td\ta b\n");
                assertThat(world.run("request", "show", "REQ-001").out())
                        .endsWith("priority=HIGH\nrelated_spec=S\n\nDescription\n  x\n  <U+009B>y\n");
                assertThat(world.run("request", "status", "REQ-001", "completed", "--role", "C", "--agent", "GEMINI")
                                .out())
                        .isEqualTo("req_id=REQ-001\nnew_status=COMPLETED\nevent_id=e\n");
                assertThat(api.targets().get(0)).isEqualTo("GET /api/governance/requests?role=C&status=OPEN");
                assertThat(api.body()).isEqualTo("{\"agent\": \"GEMINI\", \"role\": \"C\", \"status\": \"COMPLETED\"}");
            }
        }
    }

    @Nested
    class Ledger {
        private String slice(String after, String... descriptions) {
            StringBuilder events = new StringBuilder();
            for (String description : descriptions) {
                events.append(events.length() == 0 ? "" : ", ")
                        .append("{'event_id': 'e', 'ts': 't', 'agent': 'A', 'role': 'R', 'action_type': 'denied_edit',"
                                + " 'spec_ref': null, 'authorized': false, 'description': '" + description + "'}");
            }
            return "{'events': [" + events + "], 'before': '0.0', 'after': '" + after + "', 'has_more': false}";
        }

        @Test
        void shows_the_newest_events() throws IOException {
            try (FakeGovernance api = world.governance().on(EVENTS, slice("9.f", "one", "\\u001b[31mtwo\\n"))) {
                assertThat(world.run("ledger", "tail", "-n", "2", "--project", "shop")
                                .out())
                        .isEqualTo("t\te\tA\tR\tdenied_edit\t-\t0\tone\nt\te\tA\tR\tdenied_edit\t-\t0\t?[31mtwo \n");
                assertThat(api.targets())
                        .containsExactly(EVENTS + "?cursor=end&direction=backward&limit=2&project=shop");
            }
        }

        @Test
        void shows_in_colours_who_was_denied_what() throws IOException {
            world.terminals = new Terminals(true, true, true);
            try (FakeGovernance api = world.governance().on(EVENTS, slice("9.f", "one"))) {
                assertThat(world.run("ledger", "tail").out())
                        .isEqualTo("\u001b[2mt\u001b[0m  A/R  \u001b[31mdenied_edit\u001b[0m  one\n");
                assertThat(api.targets()).hasSize(1);
            }
        }

        @Test
        void follows_what_is_written_and_goes_on_in_another_ledger() throws Exception {
            try (FakeGovernance api = world.governance()
                    .on(EVENTS, slice("1.a", "one"))
                    .on(EVENTS, slice("2.b", "two"))
                    .on(EVENTS, 409, "{'error': 'another ledger'}")
                    .on(EVENTS, slice("3.c", "passed over"))
                    .on(EVENTS, slice("4.d", "three"))
                    .on(EVENTS, slice("4.d"))) {
                AtomicReference<Run> end = new AtomicReference<>();
                Thread tail = new Thread(() -> end.set(world.run("ledger", "tail", "-f", "--json")), "tail");
                tail.start();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> api.targets().size() >= 6);
                tail.interrupt();
                tail.join(Duration.ofSeconds(10).toMillis());

                Run run = end.get();
                assertThat(run.status()).isZero();
                assertThat(run.out().lines())
                        .hasSize(3)
                        .allMatch(line -> line.startsWith("{\"event_id\": \"e\""))
                        .noneMatch(line -> line.contains("passed over"));
                assertThat(run.err()).contains("the ledger is another one now");
                assertThat(api.targets().get(1)).isEqualTo(EVENTS + "?cursor=1.a&direction=forward&limit=500&wait=25");
            }
        }

        @Test
        void is_searched() throws IOException {
            try (FakeGovernance api = world.governance().on(EVENTS, slice("9.f"))) {
                world.run(
                        "ledger", "query", "--agent", "A", "--role", "R", "--type", "x", "--spec", "S", "--limit", "5");
                world.run("ledger", "query", "--before", "7.b");
                assertThat(world.run("ledger", "query", "--after", "start", "--json")
                                .out())
                        .contains("\"after\": \"9.f\"");
                assertThat(api.targets())
                        .containsExactly(
                                EVENTS
                                        + "?cursor=end&direction=backward&limit=5&agent=A&role=R&action_type=x&spec_ref=S",
                                EVENTS + "?cursor=7.b&direction=backward&limit=100",
                                EVENTS + "?cursor=start&direction=forward&limit=100");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"--limit 0", "--limit 1001", "--limit x", "--before 1.a --after 2.b"})
        void takes_only_what_makes_sense(String options) {
            assertThat(world.run(("ledger query " + options).split(" ")).status())
                    .isEqualTo(3);
        }

        @Test
        void is_verified() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(
                            "GET /api/ads/integrity",
                            "{'valid': true, 'errors': [], 'events': 5, 'faults': 0, 'first_bad_line': 0}")
                    .on(
                            "GET /api/ads/integrity",
                            "{'valid': false, 'errors': ['Line 2: Invalid JSON'], 'events': 5, 'faults': 1,"
                                    + " 'first_bad_line': 2}")) {
                assertThat(world.run("ledger", "verify")).isEqualTo(new Run(0, "valid=true\nevents=5\nfaults=0\n", ""));
                assertThat(world.run("ledger", "verify"))
                        .isEqualTo(new Run(
                                5,
                                "valid=false\nevents=5\nfaults=1\nfirst_bad_line=2\nerror=Line 2: Invalid JSON\n",
                                ""));
                assertThat(api.targets()).hasSize(2).containsOnly("GET /api/ads/integrity?detail=1");
            }
        }
    }

    @Nested
    class Healing {
        private static final String HEAL = "POST /api/ads/heal";

        @Test
        void tells_what_was_kept() throws IOException {
            String reset = "{'events': [{'event_id': 'e1', 'action_type': 'integrity_reset', 'action_data': {'segment':"
                    + " 'events.closed-1.jsonl', 'segment_sha256': 'ab', 'first_bad_line': 3}}], 'before': '0.0', 'after': '1.a',"
                    + " 'has_more': false}";
            try (FakeGovernance api = world.governance()
                    .on(HEAL, "{'status': 'success', 'event_id': 'e1'}")
                    .on(EVENTS, reset)) {
                assertThat(world.run("ledger", "heal", "--reason", "a full disk", "--project", "shop"))
                        .isEqualTo(new Run(
                                0,
                                "event_id=e1\nkept_as=events.closed-1.jsonl\nkept_sha256=ab\nfirst_bad_line=3\n",
                                ""));
                assertThat(api.body()).isEqualTo("{\"reason\": \"a full disk\"}");
                assertThat(world.run("ledger", "heal", "--reason", "r", "--json")
                                .out())
                        .startsWith("{\"ok\": true, \"result\": {\"status\": \"success\", \"event_id\": \"e1\","
                                + " \"action_data\": {\"segment\"");
                assertThat(api.targets().get(1))
                        .isEqualTo(EVENTS
                                + "?cursor=end&direction=backward&limit=1&action_type=integrity_reset&project=shop");
            }
        }

        @Test
        void is_refused_when_nothing_is_wrong() throws IOException {
            try (FakeGovernance api =
                    world.governance().on(HEAL, 409, "{'error': 'nothing is wrong with the ledger'}")) {
                assertThat(world.run("ledger", "heal", "--reason", "r"))
                        .isEqualTo(new Run(3, "", "error: nothing is wrong with the ledger\ncode: conflict\n"));
                assertThat(world.run("ledger", "heal").status()).isEqualTo(2);
                assertThat(api.targets()).containsExactly(HEAL);
            }
        }

        @Test
        void asks_for_the_passphrase() throws IOException {
            world.terminals = new Terminals(true, true, true);
            world.input = "open sesame\n";
            try (FakeGovernance api = world.governance()
                    .on(HEAL, 403, "{'error': 'Only humans can heal the ledger', 'reason': 'passphrase_required'}")
                    .on(HEAL, "{'event_id': 'e1'}")
                    .on(EVENTS, "{'events': []}")) {
                assertThat(world.run("ledger", "heal", "--reason", "r").out()).isEqualTo("event_id=e1\n");
                assertThat(api.header("X-Operator-Passphrase")).containsExactly("open%20sesame");
            }
        }
    }

    @Test
    void a_note_goes_on_the_ledger_in_the_name_of_its_author() throws IOException {
        world.environment.put("ADT_AGENT", "CLAUDE");
        world.input = "it works";
        try (FakeGovernance api =
                world.governance().on("POST /api/ads/log", "{'status': 'success', 'event_id': 'e1'}")) {
            assertThat(world.run("ledger", "log", "--type", "task_complete", "--description=-", "--role", "R"))
                    .isEqualTo(new Run(0, "event_id=e1\n", ""));
            assertThat(api.body())
                    .startsWith("{\"agent\": \"CLAUDE\", \"role\": \"R\", \"event_id\": \"evt_")
                    .endsWith("\"action_type\": \"task_complete\", \"description\": \"it works\", \"spec_ref\": null,"
                            + " \"authorized\": true}");
        }
    }

    @Nested
    class Sessions {
        private static final String START = "POST /api/sessions/start";
        private static final String END = "POST /api/sessions/end";
        private static final String LIST = "GET /api/sessions";
        private static final String RUNNING =
                "{'sessions': [{'agent': 'CLAUDE', 'role': 'R\\u001b[2J', 'spec_id': 'S', 'session_id': 's1', 'ts': 't'}]}";

        @Test
        void start_in_the_role_and_under_the_spec_that_are_known() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(IDENTITY, "{'role': 'Developer', 'spec_id': 'SPEC-001'}")
                    .on(START, "{'status': 'success', 'event_id': 'e1', 'session_id': 'ses_1'}")
                    .on(START, "{'status': 'success', 'event_id': 'e1'}")) {
                assertThat(world.run("session", "start", "--pid", "77"))
                        .isEqualTo(new Run(0, "session_id=ses_1\nevent_id=e1\n", ""));
                assertThat(api.body())
                        .isEqualTo("{\"agent\": \"CLI\", \"role\": \"Developer\", \"spec_id\": \"SPEC-001\","
                                + " \"sandbox\": false, \"pid\": 77}");

                world.environment.put("ADT_SPEC_ID", "SPEC-002");
                assertThat(world.run("session", "start", "--role", "R", "--session-id", "mine", "--sandbox", "--json")
                                .out())
                        .contains("\"session_id\": \"mine\"");
                assertThat(api.body())
                        .isEqualTo("{\"agent\": \"CLI\", \"role\": \"R\", \"spec_id\": \"SPEC-002\","
                                + " \"sandbox\": true, \"session_id\": \"mine\"}");
                assertThat(world.run("session", "start", "--pid", "x").status()).isEqualTo(3);
            }
        }

        @Test
        void need_a_spec() throws IOException {
            try (FakeGovernance api = world.governance().on(IDENTITY, "{'role': 'R', 'spec_id': null}")) {
                assertThat(world.run("session", "start", "--role", "R").err()).contains("--spec");
                assertThat(api.targets()).containsExactly(IDENTITY);
            }
        }

        @Test
        void are_listed_and_ended() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(LIST, RUNNING)
                    .on(END, "{'status': 'success', 'event_id': 'e2', 'commit_hash': 'abc'}")) {
                assertThat(world.run("session", "list").out())
                        .isEqualTo("SESSION_ID\tAGENT\tROLE\tSPEC\tSTARTED\ns1\tCLAUDE\tR?[2J\tS\tt\n");
                assertThat(world.run("session", "end", "s1", "--force"))
                        .isEqualTo(new Run(0, "session_id=s1\nevent_id=e2\ncommit_hash=abc\n", ""));
                assertThat(api.body()).endsWith("\"spec_id\": \"S\", \"session_id\": \"s1\", \"force\": true}");
                assertThat(world.run("session", "end", "s2").err())
                        .startsWith("error: no session s2 runs; `agenttower session list`");
            }
        }

        @Test
        void do_not_end_over_what_is_not_committed() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(LIST, RUNNING)
                    .on(END, 403, "{'error': 'Uncommitted changes', 'git_status': ' M a\\n?? \\u001b[1mb\\n'}")) {
                assertThat(world.run("session", "end", "s1"))
                        .isEqualTo(new Run(
                                3,
                                "",
                                "   M a\n  ?? <U+001B>[1mb\ncommit these, or add --force\nerror: Uncommitted changes\ncode:"
                                        + " forbidden\n"));
                assertThat(api.targets()).containsExactly(LIST, END);
            }
        }

        @Test
        void do_not_end_over_what_git_cannot_tell() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(LIST, RUNNING)
                    .on(END, 403, "{'error': 'Cannot tell', 'reason': 'git_unknown', 'git_unknown': 'late\\n'}")) {
                assertThat(world.run("session", "end", "s1").err())
                        .startsWith("cannot tell whether it is committed: late\nerror: Cannot tell\n")
                        .contains("--force");
                assertThat(api.targets()).containsExactly(LIST, END);
            }
        }
    }

    @Nested
    class Policy {
        private static final String ASK = "POST /api/dttp/request";

        @Test
        void says_without_doing_it_whether_something_is_allowed() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(ASK, "{'status': 'allowed', 'dry_run': true}")
                    .on(ASK, 403, "{'status': 'denied', 'reason': 'sovereign_path_violation'}")
                    .on(
                            ASK,
                            403,
                            "{'status': 'denied', 'reason': 'no\\u001b', 'detail': 'config/specs.json: broken'}")) {
                String[] check = {
                    "policy", "check", "a", "--action", "edit", "--spec", "S", "--role", "R", "--project", "shop"
                };
                assertThat(world.run(check)).isEqualTo(new Run(0, "allowed=true\n", ""));
                assertThat(api.targets()).containsExactly(ASK + "?project=shop");
                assertThat(api.body())
                        .isEqualTo("{\"agent\": \"CLI\", \"role\": \"R\", \"spec_id\": \"S\", \"action\": \"edit\","
                                + " \"rationale\": \"asked on the command line\", \"dry_run\": true, \"params\":"
                                + " {\"file\": \"a\"}}");
                assertThat(world.run(check))
                        .isEqualTo(new Run(
                                3,
                                "allowed=false\nreason=sovereign_path_violation\nnext=`agenttower scr propose` puts a change"
                                        + " of it before a human\n",
                                ""));
                assertThat(world.run(check))
                        .isEqualTo(new Run(3, "allowed=false\nreason=no?\ndetail=config/specs.json: broken\n", ""));
            }
        }

        @Test
        void has_done_what_is_allowed() throws IOException {
            world.input = "text\n";
            try (FakeGovernance api = world.governance()
                    .on(
                            ASK,
                            "{'status': 'allowed', 'result': {'status': 'success', 'result': 'file_written', 'bytes': 5}}")
                    .on(ASK, "{'status': 'allowed', 'result': {'status': 'error', 'message': 'File not found: a'}}")) {
                String[] run = {
                    "policy", "run", "a", "--action", "create", "--param", "content=-", "--spec", "S", "--role", "R"
                };
                assertThat(world.run(run))
                        .isEqualTo(new Run(0, "allowed=true\nstatus=success\nresult=file_written\nbytes=5\n", ""));
                assertThat(api.body())
                        .endsWith("\"dry_run\": false, \"params\": {\"file\": \"a\", \"content\": \"text\\n\"}}");
                assertThat(world.run(run))
                        .isEqualTo(new Run(5, "allowed=true\nstatus=error\nmessage=File not found: a\n", ""));
                assertThat(world.run(
                                        "policy",
                                        "run",
                                        "--action",
                                        "x",
                                        "--param",
                                        "a=-",
                                        "--param",
                                        "b=-",
                                        "--spec",
                                        "S",
                                        "--role",
                                        "R")
                                .status())
                        .isEqualTo(3);
            }
        }

        @Test
        void is_shown() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(
                            "GET /api/governance/roles",
                            "{'roles': {'R': {'paths': ['a/', 'b'], 'action_types': ['edit'], 'specs': [], 'locked': true}}}")
                    .on(
                            "GET /api/dttp/policy",
                            "{'specs': {'SPEC-1': {'title': 't', 'status': 'draft', 'roles': ['R'], 'action_types':"
                                    + " ['edit'], 'paths': ['a/']}}}")
                    .on(
                            "GET /api/governance/conflicts",
                            "{'conflicts': [{'type': 'missing_jurisdiction', 'role': 'X', 'spec_id': 'S', 'message':"
                                    + " 'm\\u202e'}]}")
                    .on(
                            "GET /api/dttp/status",
                            "{'project': 'shop', 'enforcement_mode': 'development', 'specs_count': 1,"
                                    + " 'jurisdictions_count': 2, 'total_requests': 3, 'total_denials': 1, 'problems': [{'file':"
                                    + " 'config/dttp.json', 'problem': 'p'}]}")
                    .on(
                            "GET /api/governance/enforcement",
                            "{'mode': 'development', 'status': 'active', 'protected_paths': {'sovereign': ['s'],"
                                    + " 'constitutional': []}, 'recent_denials': [{'event_id': 'e', 'ts': 't', 'agent': 'A',"
                                    + " 'role': 'R', 'action_type': 'denied_edit', 'authorized': false, 'description': 'd\\u001b'}]}")) {
                assertThat(world.run("policy", "roles").out())
                        .isEqualTo("ROLE\tLOCKED\tPATHS\tACTIONS\tSPECS\nR\tyes\ta/ b\tedit\t-\n");
                assertThat(world.run("policy", "roles", "--json").out())
                        .endsWith(
                                "{\"roles\": [{\"role\": \"R\", \"paths\": [\"a/\", \"b\"], \"action_types\": [\"edit\"],"
                                        + " \"specs\": [], \"locked\": true}]}}\n");
                assertThat(world.run("policy", "specs").out())
                        .isEqualTo(
                                "SPEC\tSTATUS\tIN_FORCE\tROLES\tACTIONS\tPATHS\tTITLE\nSPEC-1\tdraft\t0\tR\tedit\ta/\tt\n");
                assertThat(world.run("policy", "conflicts").out())
                        .isEqualTo("TYPE\tROLE\tABOUT\tMESSAGE\nmissing_jurisdiction\tX\tS\tm?\n");
                assertThat(world.run("policy", "status").out())
                        .isEqualTo(
                                "project=shop\nenforcement_mode=development\nspecs=1\nroles=2\nrequests=3\ndenials=1\n"
                                        + "problem=config/dttp.json: p\nsovereign=s\n\nRecent denials\n"
                                        + "t\te\tA\tR\tdenied_edit\t-\t0\td?\n");
                assertThat(api.targets()).hasSize(6);
            }
        }

        @Test
        void is_changed_by_humans() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on("PUT /api/governance/roles/Developer", "{'status': 'success', 'event_id': 'e1'}")
                    .on("PUT /api/governance/specs/SPEC-1/roles", "{'status': 'success', 'event_id': 'e2'}")) {
                assertThat(world.run(
                                "policy", "set-role", "Developer", "--path", "a/", "--path", "b", "--lock", "--unlock"))
                        .isEqualTo(new Run(0, "role=Developer\nevent_id=e1\n", ""));
                assertThat(api.body()).isEqualTo("{\"paths\": [\"a/\", \"b\"], \"locked\": true, \"unlock\": true}");
                assertThat(world.run("policy", "set-spec", "SPEC-1", "--role", "Developer"))
                        .isEqualTo(new Run(0, "spec_id=SPEC-1\nevent_id=e2\n", ""));
                assertThat(api.body()).isEqualTo("{\"roles\": [\"Developer\"]}");
                assertThat(world.run("policy", "set-spec", "SPEC-1").err()).contains("nothing is to be changed");
                assertThat(world.run("policy", "set-role", "Developer").err()).contains("nothing is to be changed");
            }
        }
    }

    @Test
    void an_answer_that_does_not_come_is_told_from_a_daemon_that_is_not_there() throws IOException {
        try (FakeGovernance api = world.governance().on(EVENTS, "[]")) {
            Run run = world.run("ledger", "tail");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .isEqualTo(
                            "error: the answer is no JSON object\nnext: whether it was done is not known; look before you"
                                    + " ask for it again\n");
            assertThat(api.targets()).hasSize(1);
        }
    }

    @Test
    void whoami_hands_the_claimed_role_over() throws IOException {
        world.environment.put("ADT_ROLE", "Backend_Engineer");
        try (FakeGovernance api = world.governance()
                .on(
                        IDENTITY,
                        "{'project': 'shop', 'agent': null, 'role': 'Backend_Engineer', 'role_source': 'environment',"
                                + " 'session_id': null, 'spec_id': null, 'human': false, 'human_reason': 'agent_process',"
                                + " 'passphrase_set': true, 'explanation': 'below pane %3'}")) {
            assertThat(world.run("whoami").out())
                    .isEqualTo("human=false\nhuman_reason=agent_process\npassphrase_set=true\nproject=shop\nagent=-\n"
                            + "label=-\nrole=Backend_Engineer\nrole_source=environment\nsession_id=-\nsession_pid=-\n"
                            + "spec_id=-\nexplanation=below pane %3\n");
            assertThat(api.targets()).containsExactly(IDENTITY + "?role=Backend_Engineer");
        }
    }

    @Nested
    class Statusline {
        private static final String ROUTE = "GET /api/governance/statusline";

        @Test
        void says_how_many_changes_wait_and_nothing_when_none_do() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(ROUTE, "{'pending': 2, 'text': '\\u001b[31mevil'}")
                    .on(ROUTE, "{'pending': 0, 'text': ''}")) {
                assertThat(world.run("statusline")).isEqualTo(new Run(0, "Pending authorizations: 2\n", ""));
                assertThat(world.run("statusline", "--project", "shop")).isEqualTo(new Run(0, "", ""));
                assertThat(api.targets()).containsExactly(ROUTE, ROUTE + "?project=shop");
            }
        }

        @Test
        void keeps_silent_about_every_failure() throws IOException {
            assertThat(world.run("statusline")).isEqualTo(new Run(0, "", ""));
            assertThat(world.run("statusline", "--json").out())
                    .isEqualTo("{\"ok\": true, \"result\": {\"pending\": null}}\n");
            try (FakeGovernance api = world.governance().on(ROUTE, 500, "{'error': 'internal_error'}")) {
                assertThat(world.run("statusline")).isEqualTo(new Run(0, "", ""));
                assertThat(api.targets()).hasSize(1);
            }
            world.environment.put("AGENTTOWER_SOCKET", "relative");
            assertThat(world.run("statusline")).isEqualTo(new Run(0, "", ""));
            world.environment.clear();
            assertThat(world.run("statusline")).isEqualTo(new Run(0, "", ""));
        }
    }

    @Nested
    class SettingThePassphrase {
        private Path file() {
            return world.paths().stateDir().resolve("operator-passphrase.json");
        }

        @Test
        void asks_twice_for_the_new_one_and_once_for_the_old_one() throws IOException {
            world.terminals = new Terminals(true, true, true);
            try (FakeGovernance api = world.governance().on(IDENTITY, HUMAN)) {
                world.input = "correct horse\ncorrect horse\n";
                Run first = world.run("operator", "set-passphrase");
                assertThat(first.out()).isEqualTo("file=" + file() + "\n");
                assertThat(first.err()).isEqualTo("New passphrase: \nOnce more: \n");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                        .isEqualTo("rw-------");
                String stored = Files.readString(file());
                assertThat(stored).contains("PBKDF2WithHmacSHA256").doesNotContain("horse");

                world.input = "wrong horse\nanother one\nanother one\n";
                Run second = world.run("operator", "set-passphrase");
                assertThat(second.status()).isEqualTo(3);
                assertThat(second.err()).endsWith("code: passphrase_wrong\n");
                assertThat(file()).hasContent(stored);

                world.input = "correct horse\nanother one\nanother one\n";
                assertThat(world.run("operator", "set-passphrase").status()).isZero();
                assertThat(Files.readString(file())).isNotEqualTo(stored);
                assertThat(api.targets()).hasSize(3);
            }
        }

        @Test
        void works_before_there_is_a_daemon_and_from_stdin() {
            world.input = "correct horse\n";
            assertThat(world.run("operator", "set-passphrase", "--stdin").status())
                    .isZero();

            world.input = "correct horse\nshort\n";
            assertThat(world.run("operator", "set-passphrase", "--stdin").err()).contains("8 to 1024 characters");
        }

        @Test
        void is_not_for_agents_and_not_for_those_who_mistype() throws IOException {
            assertThat(world.run("operator", "set-passphrase").err()).contains("--stdin");
            world.terminals = new Terminals(true, true, true);
            world.input = "correct horse\nanother one\n";
            assertThat(world.run("operator", "set-passphrase").err()).contains("not the same");
            try (FakeGovernance api = world.governance().on(IDENTITY, "{'human': false}")) {
                assertThat(world.run("operator", "set-passphrase").err()).contains("does not take you for the human");
                assertThat(api.targets()).hasSize(1);
            }
            assertThat(file()).doesNotExist();
        }

        @Test
        void does_not_write_over_what_it_cannot_read() throws IOException {
            world.input = "x\ncorrect horse\n";
            Files.createDirectories(file().getParent());
            Files.writeString(file(), "{}");
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));

            Run run = world.run("operator", "set-passphrase", "--stdin");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("remove it to begin anew");
            assertThat(file()).hasContent("{}");
        }

        @Test
        void does_not_trust_what_others_can_read() throws IOException {
            world.input = "x\ncorrect horse\n";
            Files.createDirectories(file().getParent());
            Files.writeString(file(), "{}");
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

            Run run = world.run("operator", "set-passphrase", "--stdin");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("file mode 0o644 broader than required 0o600");
            assertThat(file()).hasContent("{}");
        }
    }
}
