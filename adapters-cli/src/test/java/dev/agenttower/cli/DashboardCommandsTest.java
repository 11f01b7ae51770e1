package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.cli.terminal.Terminals;
import dev.agenttower.client.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardCommandsTest {
    private static final String AGENT_ROW =
            "{'row': {'agent_id': 'agt_0123456789ab', 'role': 'slave', 'capability': 'claude', 'label': 'l',"
                    + " 'container_id': 'c1', 'pane_id': '%2'}}";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    private static String pane(String container, int index) {
        return "{'container_id': '" + container + "', 'container_name': '" + container + "-bench', 'tmux_socket_path':"
                + " '/tmp/tmux-0/default', 'tmux_session_name': 'w', 'tmux_window_index': 0, 'tmux_pane_index': "
                + index
                + ", 'tmux_pane_id': '%" + index + "', 'pane_current_command': 'claude', 'pane_current_path': '/p'}";
    }

    private FakeDaemon tower() throws IOException {
        return world.daemon()
                .on("app.hello", "{'app_session_token': 'secret', 'daemon_version': '0.1.0'}")
                .on(
                        "app.dashboard",
                        "{'counts': {'queue': {'blocked': 5}, 'events': {'total': 9}}, 'recommended_next_action': {'code':"
                                + " 'unadopted_panes_present', 'title': 'One pane waits', 'detail': null, 'target':"
                                + " {'kind': 'pane', 'id': '%2'}}}")
                .on(
                        "app.readiness",
                        "{'subsystems': [{'name': 'docker', 'status': 'unavailable', 'reason': 'no engine'}]}")
                .on("list_containers", "{'containers': [{'id': 'c1', 'name': 'c1-bench', 'image': 'i'}]}")
                .on("list_panes", "{'panes': [" + pane("c1", 1) + ", " + pane("c1", 2) + "]}")
                .on(
                        "list_agents",
                        "{'agents': [{'agent_id': 'agt_0123456789ab', 'active': true, 'role': 'slave', 'capability':"
                                + " 'claude', 'label': 'l', " + pane("c1", 1).substring(1) + "]}")
                .on(
                        "queue.list",
                        "{'rows': [{'message_id': 'm1', 'state': 'blocked', 'block_reason': 'operator_delayed', 'target':"
                                + " {'agent_id': 'agt_0123456789ab'}}]}")
                .on(
                        "events.latest",
                        "{'events': [{'agent_id': 'agt_0123456789ab', 'event_type': 'waiting_for_input', 'excerpt':"
                                + " 'Go on? [y/n]'}, {'agent_id': 'agt_1', 'event_type': 'activity', 'excerpt': ''}]}")
                .on(
                        "events.list",
                        "{'events': [{'agent_id': 'agt_0123456789ab', 'event_type': 'waiting_for_input', 'excerpt':"
                                + " 'Go on? [y/n]', 'observed_at': '2026-05-10T12:34:56.000000+00:00'}]}")
                .on("app.agent.register_from_pane", AGENT_ROW);
    }

    @Test
    void the_dashboard_shows_panes_agents_attention_and_the_command_to_type() throws IOException {
        try (FakeDaemon daemon = tower()) {
            assertThat(world.run("dashboard")).isEqualTo(new Run(0, """
                            AgentTower 0.1.0  1 bench, 2 panes, 1 agent

                            Needs attention
                              ! prompt to l waits: operator delayed (agenttower queue)
                              ! 4 more; agenttower queue
                              ! l waits for input: Go on? [y/n]
                              ! docker is unavailable: no engine

                            c1-bench  i
                              w:0.1  %1  claude  /p  l (slave)
                              w:0.2  %2  claude  /p  free

                            Agents
                              l  slave  claude  c1-bench w:0.1  agt_0123456789ab

                            Last events
                              12:34:56  l  waiting_for_input  Go on? [y/n]

                            Next: 1 pane waits to be adopted
                              agenttower adopt --pane '%2' --role slave --label NAME
                            """, ""));
            assertThat(daemon.params("app.hello")).contains("\"client_id\": \"agenttower-cli\"");
        }
    }

    @Test
    void the_dashboard_in_json_holds_no_session_token() throws IOException {
        try (FakeDaemon daemon = tower()) {
            Run run = world.run("dashboard", "--json");
            JsonNode result =
                    JsonText.parse(run.out().getBytes(StandardCharsets.UTF_8)).path("result");

            assertThat(run.out()).startsWith("{\"ok\": true, \"result\": {").doesNotContain("secret");
            assertThat(result.path("benches")
                            .path(0)
                            .path("panes")
                            .path(0)
                            .path("agent")
                            .path("label")
                            .asText())
                    .isEqualTo("l");
            assertThat(result.path("benches")
                            .path(0)
                            .path("panes")
                            .path(1)
                            .path("agent")
                            .isNull())
                    .isTrue();
            assertThat(result.path("next").path("command").asText())
                    .isEqualTo("agenttower adopt --pane '%2' --role slave --label NAME");
            assertThat(result.path("dashboard").path("counts").isObject()).isTrue();
            assertThat(daemon.methods()).contains("app.dashboard");
        }
    }

    @Test
    void watching_needs_a_terminal() {
        assertThat(world.run("dashboard", "--watch"))
                .isEqualTo(new Run(1, "", "error: --watch needs a terminal and goes without --json; leave it out\n"));
    }

    @Test
    void up_sets_up_scans_and_shows_the_dashboard() throws IOException {
        try (FakeDaemon daemon = tower().on("app.scan.containers", "{}").on("app.scan.panes", "{}")) {
            Run run = world.run("up");

            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("AgentTower 0.1.0").contains("Next: ");
            assertThat(world.paths().configFile()).exists();
            assertThat(daemon.methods())
                    .containsSubsequence("ping", "app.hello", "app.scan.containers", "app.scan.panes");
        }
    }

    @Test
    void up_shows_its_progress_on_a_terminal_and_wipes_it() throws IOException {
        world.terminals = new Terminals(false, false, true);
        try (FakeDaemon daemon = tower().on("app.scan.containers", "{}").on("app.scan.panes", "{}")) {
            assertThat(world.run("up").err())
                    .contains("starting the daemon", "looking for tmux panes")
                    .endsWith("\r\u001b[K");
            assertThat(daemon.methods()).contains("app.dashboard");
        }
    }

    @Test
    void a_pane_is_adopted_by_its_id() throws IOException {
        try (FakeDaemon daemon = tower()) {
            Run run = world.run(
                    "adopt",
                    "--pane",
                    "%2",
                    "--role",
                    "slave",
                    "--capability",
                    "claude",
                    "--label",
                    "l",
                    "--project",
                    "/p");

            assertThat(run)
                    .isEqualTo(new Run(
                            0,
                            "agent_id=agt_0123456789ab\nrole=slave\ncapability=claude\nlabel=l\ncontainer_id=c1\n"
                                    + "pane_id=%2\n",
                            ""));
            assertThat(daemon.params("app.agent.register_from_pane"))
                    .isEqualTo(
                            "{\"container_id\": \"c1\", \"tmux_socket\": \"/tmp/tmux-0/default\", \"session_name\": \"w\","
                                    + " \"window_index\": 0, \"pane_index\": 2, \"pane_id\": \"%2\", \"role\": \"slave\","
                                    + " \"capability\": \"claude\", \"label\": \"l\", \"project_path\": \"/p\","
                                    + " \"app_session_token\": \"secret\"}");
        }
    }

    @Test
    void a_pane_is_adopted_by_its_place_and_json_shows_the_row() throws IOException {
        try (FakeDaemon daemon = tower()) {
            assertThat(world.run("adopt", "--pane", "w:0.2", "--json").out())
                    .isEqualTo("{\"ok\": true, \"result\": " + AGENT_ROW.replace('\'', '"') + "}\n");
            assertThat(daemon.params("app.agent.register_from_pane")).contains("\"pane_index\": 2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--role, 'slave, test-runner, shell, unknown'",
        "--capability, 'claude, codex, gemini, opencode, shell, test-runner, unknown'"
    })
    void a_value_outside_its_set_is_answered_with_the_set(String option, String allowed) throws IOException {
        try (FakeDaemon daemon = tower()) {
            Run run = world.run("adopt", "--pane", "%2", option, "boss");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err())
                    .isEqualTo("error: " + option + " \"boss\" is unknown; use one of " + allowed
                            + "\ncode: value_out_of_set\n");
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }

    @Test
    void adopting_anew_without_a_label_keeps_the_label() throws IOException {
        try (FakeDaemon daemon = tower()) {
            world.run("adopt", "--pane", "%1", "--role", "shell");

            assertThat(daemon.params("app.agent.register_from_pane")).contains("\"label\": \"l\"");
        }
    }

    @Test
    void adopting_an_agent_says_so() throws IOException {
        try (FakeDaemon daemon = tower()) {
            Run run = world.run("adopt", "--pane", "%1", "--role", "shell");

            assertThat(run.status()).isZero();
            assertThat(run.err())
                    .isEqualTo(
                            "note: the pane was adopted already, as l; what was given is changed, the rest is kept\n");
            assertThat(world.run("adopt", "--pane", "%1", "--json").err()).isEmpty();
            assertThat(daemon.params("app.agent.register_from_pane")).contains("\"pane_id\": \"%1\"");
        }
    }

    @Test
    void all_free_panes_are_adopted_but_ones_own() throws IOException {
        try (FakeDaemon daemon = tower().on(
                        "list_panes",
                        "{'panes': [" + pane("c1", 1) + ", " + pane("c1", 2) + ", " + pane("c1", 3) + "]}")) {
            world.environment.put("TMUX", "/tmp/tmux-0/default,1,0");
            world.environment.put("TMUX_PANE", "%3");
            Run run = world.run("adopt", "--all", "--role", "slave", "--label", "{container}.{pane}");

            assertThat(run)
                    .isEqualTo(new Run(
                            0,
                            "AGENT_ID\tLABEL\tROLE\tCAPABILITY\tPANE\tCONTAINER\n"
                                    + "agt_0123456789ab\tl\tslave\tclaude\t%2\tc1\n",
                            ""));
            assertThat(daemon.params("app.agent.register_from_pane"))
                    .contains("\"pane_id\": \"%2\"", "\"label\": \"c1-bench.2\"");
        }
    }

    @Test
    void a_dry_run_adopts_nothing_and_no_label_is_given_twice() throws IOException {
        try (FakeDaemon daemon = tower().on(
                        "list_panes",
                        "{'panes': [" + pane("c1", 1) + ", " + pane("c1", 2) + ", " + pane("c1", 3) + "]}")) {
            Run run = world.run("adopt", "--all", "--label", "l", "--dry-run");

            assertThat(run.out()).contains("-\tl-2\t-\t-\t%2\tc1\n-\tl-3\t-\t-\t%3\tc1\n");
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }

    @Test
    void one_pane_that_is_refused_holds_nobody_up() throws IOException {
        try (FakeDaemon daemon =
                tower().refusing("app.agent.register_from_pane", "validation_failed", "label is taken")) {
            Run run = world.run("adopt", "--all");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).isEqualTo("error: c1-bench w:0.2: label is taken\ncode: validation_failed\n");
            assertThat(daemon.methods()).endsWith("app.agent.register_from_pane");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--all --pane %2, --all goes without --pane",
        "--dry-run --pane %2, --dry-run goes with --all only",
        "--all --label {host}, --label has the unknown placeholder {host}"
    })
    void options_of_adoption_that_make_no_sense_together_are_refused(String options, String message)
            throws IOException {
        try (FakeDaemon daemon = tower()) {
            Run run = world.run(("adopt " + options).split(" "));

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).startsWith("error: " + message);
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }

    @Test
    void panes_of_one_name_are_told_apart_by_their_bench() throws IOException {
        try (FakeDaemon daemon = tower().on(
                        "list_containers",
                        "{'containers': [{'id': 'c1', 'name': 'c1-bench'}, {'id': 'c2', 'name': 'c2-bench'}]}")
                .on("list_panes", "{'panes': [" + pane("c1", 2) + ", " + pane("c2", 2) + "]}")) {
            Run run = world.run("adopt", "--pane", "%2");
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err())
                    .isEqualTo("error: 2 panes fit %2; add --container or --socket: c1-bench /tmp/tmux-0/default,"
                            + " c2-bench /tmp/tmux-0/default\ncode: value_out_of_set\n");

            assertThat(world.run("adopt", "--pane", "%2", "--container", "c2-bench", "--socket", "default")
                            .status())
                    .isZero();
            assertThat(daemon.params("app.agent.register_from_pane")).contains("\"container_id\": \"c2\"");
        }
    }

    @Test
    void an_unknown_pane_is_answered_with_the_free_ones() throws IOException {
        try (FakeDaemon daemon = tower()) {
            assertThat(world.run("adopt", "--pane", "%9"))
                    .isEqualTo(new Run(
                            3,
                            "",
                            "error: no active pane fits %9; free panes: %2 (c1-bench w:0.2)\ncode: pane_not_found\n"));
            assertThat(world.run("adopt").err())
                    .isEqualTo("error: --pane is needed where nobody can be asked; free panes: %2 (c1-bench w:0.2)\n"
                            + "code: bad_request\n");
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }

    @Test
    void on_a_terminal_the_pane_is_chosen_from_a_list() throws IOException {
        world.terminals = new Terminals(true, true, true);
        world.environment.put("NO_COLOR", "1");
        world.input = "7\n1\ncaptain\nslave\n\n\n";
        try (FakeDaemon daemon = tower()) {
            Run run = world.run("adopt");

            assertThat(run.out())
                    .contains("1  c1-bench  w:0.2  %2  claude  /p", "Role: slave, test-runner, shell, unknown [slave]");
            assertThat(run.status()).isZero();
            assertThat(daemon.params("app.agent.register_from_pane"))
                    .contains("\"role\": \"slave\", \"capability\": \"claude\", \"label\": \"w\"");
        }
    }

    @Test
    void an_end_of_input_adopts_nothing() throws IOException {
        world.terminals = new Terminals(true, true, true);
        try (FakeDaemon daemon = tower()) {
            Run run = world.run("adopt");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).isEqualTo("error: nothing was chosen, nothing was adopted\n");
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }

    @Test
    void inside_a_container_the_dashboard_shows_what_may_be_seen_there() throws IOException {
        try (FakeDaemon daemon = tower().refusing("app.hello", "host_only", "only from the host")) {
            Run run = world.run("dashboard");

            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("w:0.1  %1  claude  /p  l (slave)")
                    .contains("  ! this shell is in a container")
                    .endsWith("\n  agenttower register-self --role slave --label NAME\n");
            assertThat(daemon.methods()).doesNotContain("app.dashboard");
        }
    }

    @Test
    void up_scans_inside_a_container_too() throws IOException {
        try (FakeDaemon daemon = tower().refusing("app.hello", "host_only", "only from the host")
                .refusing("scan_containers", "docker_unavailable", "no engine")
                .on("scan_panes", "{}")) {
            assertThat(world.run("up").status()).isZero();
            assertThat(daemon.methods()).contains("scan_containers", "scan_panes");
        }
    }

    @Test
    void adoption_inside_a_container_is_refused_by_the_daemon() throws IOException {
        try (FakeDaemon daemon = tower().refusing("app.hello", "host_only", "only from the host")) {
            assertThat(world.run("adopt", "--pane", "%2", "--json"))
                    .isEqualTo(new Run(
                            3,
                            "{\"ok\": false, \"error\": {\"code\": \"host_only\", \"message\": \"only from the host\"}}\n",
                            ""));
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }
}
