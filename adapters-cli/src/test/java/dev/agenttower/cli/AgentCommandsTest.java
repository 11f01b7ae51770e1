package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.cli.surroundings.MachineId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentCommandsTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String AGENT =
            "{'agent_id': 'agt_0123456789ab', 'role': 'slave', 'capability': 'claude', 'label':"
                    + " 'a b', 'project_path': '', 'parent_agent_id': null, 'created_or_reactivated': 'created'}";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    private static String containers(String... ids) {
        StringBuilder rows = new StringBuilder();
        for (String id : ids) {
            rows.append(rows.length() == 0 ? "" : ", ").append("{'id': '" + id + "', 'name': 'py-bench'}");
        }
        return "{'containers': [" + rows + "]}";
    }

    private static String pane(String container, String session, boolean active) {
        return "{'container_id': '" + container + "', 'tmux_socket_path': '/tmp/tmux-0/default', 'tmux_session_name': '"
                + session + "', 'tmux_window_index': 0, 'tmux_pane_index': 1, 'tmux_pane_id': '%3', 'active': " + active
                + "}";
    }

    @Nested
    class RegisterSelf {
        @BeforeEach
        void enter_a_pane() {
            world.inPane("/tmp/tmux-0/default,12,0", "%3");
        }

        @Test
        void sends_the_pane_and_what_was_given() throws IOException {
            world.inContainer("0::/docker/" + ID);
            try (FakeDaemon daemon = world.daemon()
                    .on("list_containers", containers(ID))
                    .on("list_panes", "{'panes': [" + pane(ID, "gone", false) + ", " + pane(ID, "w", true) + "]}")
                    .on("register_agent", AGENT)) {
                Run run = world.run(
                        "register-self", "--role", "slave", "--label", "a b", "--attach-log", "--log", "/var/log/x");

                assertThat(run)
                        .isEqualTo(new Run(
                                0,
                                "agent_id=agt_0123456789ab\nrole=slave\ncapability=claude\nlabel=a b\nproject_path=\n"
                                        + "parent_agent_id=-\ncreated_or_reactivated=created\n",
                                ""));
                assertThat(daemon.params("register_agent"))
                        .isEqualTo("{\"schema_version\": 8, \"container_id\": \"" + ID + "\", \"pane_composite_key\": {"
                                + "\"container_id\": \"" + ID + "\", \"tmux_socket_path\": \"/tmp/tmux-0/default\","
                                + " \"tmux_session_name\": \"w\", \"tmux_window_index\": 0, \"tmux_pane_index\": 1,"
                                + " \"tmux_pane_id\": \"%3\"}, \"role\": \"slave\", \"label\": \"a b\", \"attach_log\":"
                                + " {\"log_path\": \"/var/log/x\"}}");
                assertThat(daemon.params("list_containers")).isEqualTo("{\"active_only\": true}");
                assertThat(daemon.params("list_panes"))
                        .isEqualTo("{\"active_only\": false, \"container\": \"" + ID + "\"}");
            }
        }

        @Test
        void prints_the_log_that_was_attached() throws IOException {
            world.inContainer("0::/docker/" + ID);
            String withLog = AGENT.replace(
                    "}", ", 'attach_log': {'attachment_id': 'lat_1', 'log_path': '/l', 'status': 'active'}}");
            try (FakeDaemon daemon = world.daemon()
                    .on("list_containers", containers(ID))
                    .on("list_panes", "{'panes': [" + pane(ID, "w", true) + "]}")
                    .on("register_agent", withLog)) {
                assertThat(world.run("register-self", "--attach-log").out())
                        .endsWith("created\nattached attachment_id=lat_1 path=/l status=active\n");
                assertThat(daemon.params("register_agent")).endsWith("\"attach_log\": {}}");
            }
        }

        @Test
        void rescans_once_for_a_pane_that_is_not_known_yet() throws IOException {
            world.inContainer("0::/docker/" + ID);
            AtomicInteger asked = new AtomicInteger();
            try (FakeDaemon daemon = world.daemon()
                    .on("list_containers", containers(ID))
                    .on(
                            "list_panes",
                            params -> "{'ok': true, 'result': {'panes': ["
                                    + (asked.getAndIncrement() == 0 ? "" : pane(ID, "w", true)) + "]}}")
                    .on("scan_panes", "{}")
                    .on("register_agent", AGENT)) {
                assertThat(world.run("register-self", "--json").status()).isZero();
                assertThat(daemon.methods())
                        .containsExactly("list_containers", "list_panes", "scan_panes", "list_panes", "register_agent");
                assertThat(daemon.params("scan_panes")).isEqualTo("{\"container\": \"" + ID + "\"}");
            }
        }

        @Test
        void gives_up_on_a_pane_that_stays_unknown() throws IOException {
            world.inContainer("0::/docker/" + ID);
            try (FakeDaemon daemon = world.daemon()
                    .on("list_containers", containers(ID))
                    .on("list_panes", "{'panes': []}")
                    .on("scan_panes", "{}")) {
                Run run = world.run("register-self");

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.err()).endsWith("\ncode: pane_unknown_to_daemon\n");
                assertThat(daemon.methods()).doesNotContain("register_agent");
            }
        }

        @Test
        void works_on_the_host_if_the_host_is_a_bench() throws IOException {
            String host = MachineId.hostBench(Path.of("/")).orElseThrow().value();
            try (FakeDaemon daemon = world.daemon()
                    .on("list_containers", containers(ID, host))
                    .on("list_panes", "{'panes': [" + pane(host, "w", true) + "]}")
                    .on("register_agent", AGENT)) {
                assertThat(world.run("register-self").status()).isZero();
                assertThat(daemon.params("register_agent")).contains("\"container_id\": \"" + host + "\"");
            }
        }

        @Test
        void is_refused_on_a_host_that_is_no_bench() throws IOException {
            try (FakeDaemon daemon =
                    world.daemon().on("list_containers", containers(ID)).on("scan_panes", "{}")) {
                Run run = world.run("register-self", "--json");

                assertThat(run.status()).isEqualTo(1);
                assertThat(run.out()).startsWith("{\"ok\": false, \"error\": {\"code\": \"host_context_unsupported\"");
                assertThat(run.err()).isEmpty();
                assertThat(daemon.methods()).containsExactly("list_containers", "scan_panes", "list_containers");
            }
        }

        @ParameterizedTest
        @CsvSource({"0::/docker/ffffffffffff", "0::/docker/aaaaaaaaaaaa\n1::/docker/bbbbbbbbbbbb"})
        void is_refused_where_the_container_is_not_certain(String cgroup) throws IOException {
            world.inContainer(cgroup);
            try (FakeDaemon daemon = world.daemon().on("list_containers", containers(ID))) {
                Run run = world.run("register-self");

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.err()).endsWith("\ncode: container_unresolved\n");
                assertThat(daemon.methods()).doesNotContain("register_agent");
            }
        }

        @Test
        void is_refused_outside_tmux() throws IOException {
            world.inContainer("0::/docker/" + ID).environment.remove("TMUX");
            try (FakeDaemon daemon = world.daemon().on("list_containers", containers(ID))) {
                assertThat(world.run("register-self").err()).endsWith("\ncode: not_in_tmux\n");
                world.environment.put("TMUX", "/s");
                assertThat(world.run("register-self").err()).endsWith("\ncode: tmux_pane_malformed\n");
                assertThat(daemon.methods()).doesNotContain("register_agent");
            }
        }

        @Test
        void refuses_a_master_and_a_log_without_attaching_before_it_asks_the_daemon() {
            assertThat(world.run("register-self", "--role", "master"))
                    .satisfies(run -> assertThat(run.status()).isEqualTo(3))
                    .satisfies(run -> assertThat(run.err()).endsWith("\ncode: master_via_register_self_rejected\n"));
            world.environment.put("AGENTTOWER_SOCKET", "");
            assertThat(world.run("register-self", "--log", "/x").err()).endsWith("\ncode: bad_request\n");
        }

        @Test
        void has_no_confirm() {
            assertThat(world.run("register-self", "--confirm").status()).isEqualTo(2);
        }
    }

    @Nested
    class ForeignNames {
        /** A direction mark, a blank without width, and the 8-bit form of the sequence that begins colours. */
        private static final String HARMFUL = "a\u202eb\u200bc\u009bd";

        private static final String SAFE = "a?b?c?d";

        @Test
        void lists_show_what_a_terminal_may_interpret_as_question_marks() throws IOException {
            try (FakeDaemon daemon = world.daemon()
                    .on(
                            "list_agents",
                            "{'agents': [{'agent_id': 'agt_0123456789ab', 'label': '" + HARMFUL
                                    + "', 'role': 'slave', 'capability': 'claude', 'container_id': '" + ID
                                    + "', 'tmux_session_name': '" + HARMFUL + "', 'tmux_window_index': 0,"
                                    + " 'tmux_pane_index': 1, 'project_path': '/" + HARMFUL
                                    + "', 'parent_agent_id': null, 'active': true}]}")
                    .on("list_panes", "{'panes': [" + pane(ID, HARMFUL, true) + "]}")
                    .on("list_containers", containers(ID).replace("py-bench", HARMFUL))) {
                assertThat(world.run("list-agents").out())
                        .endsWith("\nagt_0123456789ab\t" + SAFE + "\tslave\tclaude\t0123456789ab\t" + SAFE + ":0.1\t/"
                                + SAFE + "\t-\ttrue\n");
                assertThat(world.run("list-panes").out())
                        .contains("\t" + SAFE + "\t")
                        .doesNotContain(HARMFUL);
                assertThat(world.run("list-containers").out())
                        .contains("\t" + SAFE + "\t")
                        .doesNotContain(HARMFUL);
                assertThat(world.run("list-agents", "--json").out()).contains("a\\u202Eb\\u200Bc\\u009Bd");
                assertThat(daemon.methods()).hasSize(4);
            }
        }

        @Test
        void changes_and_registrations_do_so_too() throws IOException {
            world.inContainer("0::/docker/" + ID).inPane("/tmp/tmux-0/default,12,0", "%3");
            try (FakeDaemon daemon = world.daemon()
                    .on("set_label", "{'prior_value': '" + HARMFUL + "', 'new_value': '" + HARMFUL + "2'}")
                    .on("list_containers", containers(ID))
                    .on("list_panes", "{'panes': [" + pane(ID, "w", true) + "]}")
                    .on("register_agent", AGENT.replace("a b", HARMFUL))) {
                assertThat(world.run("set-label", "--target", "agt_0123456789ab", "--label", "x")
                                .out())
                        .contains("\nprior_value=" + SAFE + "\nnew_value=" + SAFE + "2\n");
                assertThat(world.run("register-self").out()).contains("\nlabel=" + SAFE + "\n");
                assertThat(daemon.methods()).contains("set_label", "register_agent");
            }
        }

        @Test
        void excerpts_of_messages_and_events_do_so_too() throws IOException {
            try (FakeDaemon daemon = world.daemon()
                    .on("queue.list", "{'rows': [{'excerpt': 'x\u202e\u200b\\u0007'}]}")
                    .on("events.list", "{'events': [{'excerpt': 'x\u202e\u200b\u009b'}], 'next_cursor': null}")) {
                assertThat(world.run("queue").out()).endsWith("x??\\x07\n");
                assertThat(world.run("events").out()).endsWith("x\\u202e?\\x9b\n");
                assertThat(daemon.methods()).hasSize(2);
            }
        }
    }

    @Nested
    class Changes {
        private static final String RESULT =
                "{'agent_id': 'agt_0123456789ab', 'field': 'role', 'prior_value': 'unknown', 'new_value': 'master',"
                        + " 'effective_permissions': {}, 'audit_appended': true}";

        @Test
        void a_role_is_sent_with_its_confirmation() throws IOException {
            try (FakeDaemon daemon = world.daemon().on("set_role", RESULT)) {
                assertThat(world.run("set-role", "--target", "agt_0123456789ab", "--role", "master", "--confirm"))
                        .isEqualTo(new Run(
                                0,
                                "agent_id=agt_0123456789ab\nfield=role\nprior_value=unknown\nnew_value=master\n"
                                        + "audit_appended=true\n",
                                ""));
                assertThat(daemon.params("set_role"))
                        .isEqualTo("{\"schema_version\": 8, \"agent_id\": \"agt_0123456789ab\", \"role\": \"master\","
                                + " \"confirm\": true}");
            }
        }

        @Test
        void labels_and_capabilities_are_sent_as_they_are() throws IOException {
            try (FakeDaemon daemon = world.daemon().on("set_label", RESULT).on("set_capability", RESULT)) {
                world.run("set-label", "--target", "agt_0123456789ab", "--label", "");
                world.run("set-capability", "--target", "agt_0123456789ab", "--capability", "nonsense");

                assertThat(daemon.params("set_label")).endsWith("\"label\": \"\"}");
                assertThat(daemon.params("set_capability")).endsWith("\"capability\": \"nonsense\"}");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "set-role --target AGT --role slave, value_out_of_set",
            "set-label --target agt_0123456789AB --label x, value_out_of_set",
            "set-capability --target host-operator --capability claude, value_out_of_set",
            "set-role --target agt_0123456789ab --role swarm, swarm_role_via_set_role_rejected",
            "set-role --target agt_0123456789ab --role master, master_confirm_required"
        })
        void what_can_be_judged_here_is_judged_here(String args, String code) {
            Run run = world.run(args.split(" "));

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).endsWith("\ncode: " + code + "\n");
        }

        @ParameterizedTest
        @CsvSource({"logs, attach_log_status, true", "agent forget, forget_agent, false"})
        void a_name_that_no_agent_has_is_status_4_too(String command, String method, boolean activeOnly)
                throws IOException {
            try (FakeDaemon daemon = world.daemon()
                    .refusing(method, "value_out_of_set", "sorry")
                    .on("list_agents", "{'agents': [{'label': 'api'}]}")) {
                assertThat(world.run((command + " nobody").split(" ")))
                        .isEqualTo(new Run(4, "", "error: sorry\ncode: agent_not_found\n"));
                assertThat(daemon.params("list_agents"))
                        .isEqualTo("{\"schema_version\": 8, \"active_only\": " + activeOnly + "}");
                assertThat(world.run((command + " api").split(" ")))
                        .isEqualTo(new Run(3, "", "error: sorry\ncode: value_out_of_set\n"));
            }
        }

        @Test
        void an_unknown_agent_is_status_4() throws IOException {
            try (FakeDaemon daemon = world.daemon().refusing("set_label", "agent_not_found", "no such agent")) {
                Run run = world.run("set-label", "--target", "agt_0123456789ab", "--label", "x", "--json");

                assertThat(run)
                        .isEqualTo(new Run(
                                4,
                                "{\"ok\": false, \"error\": {\"code\": \"agent_not_found\", \"message\": \"no such agent\"}}\n",
                                ""));
                assertThat(daemon.methods()).containsExactly("set_label");
            }
        }
    }
}
