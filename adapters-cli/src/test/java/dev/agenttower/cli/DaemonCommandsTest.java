package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonCommandsTest {
    private static final String UNREACHABLE =
            "error: daemon is not running or socket is unreachable: try `agenttower ensure-daemon`\n";

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
                "status",
                "status --json",
                "scan --containers --json",
                "list-containers --json",
                "list-panes",
                "list-agents --json",
                "set-role --target agt_0123456789ab --role slave --json",
                "set-label --target agt_0123456789ab --label x",
                "set-capability --target agt_0123456789ab --capability claude",
                "dashboard --json",
                "adopt --pane %1 --json"
            })
    void an_unreachable_daemon_is_one_line_and_status_2(String args) {
        assertThat(world.run(args.split(" "))).isEqualTo(new Run(2, "", UNREACHABLE));
    }

    @Nested
    class Status {
        @Test
        void prints_six_lines() throws IOException {
            try (FakeDaemon daemon = world.daemon()) {
                assertThat(world.run("status"))
                        .isEqualTo(new Run(
                                0,
                                "alive=true\npid=77\nstart_time=2026-05-05T18:01:34.692118+00:00\nuptime_seconds=5\n"
                                        + "socket_path=/s\nstate_path=/t\n",
                                ""));
                assertThat(daemon.params("status")).isEqualTo("{}");
            }
        }

        @Test
        void prints_the_result_as_json() throws IOException {
            try (FakeDaemon daemon = world.daemon()) {
                assertThat(world.run("status", "--json").out())
                        .isEqualTo("{\"ok\": true, \"result\": " + FakeDaemon.STATUS.replace('\'', '"') + "}\n");
                assertThat(daemon.methods()).containsExactly("status");
            }
        }

        @Test
        void prints_routing_on_demand() throws IOException {
            String routing = "{'alive': true, 'routing': {'routes_total': 3, 'routes_enabled': 2, 'routes_disabled': 1,"
                    + " 'last_routing_cycle_at': null, 'events_consumed_total': 9, 'skips_by_reason': {'b': 1, 'a': 2},"
                    + " 'most_stalled_route': {'route_id': 'r', 'lag': 4}, 'routing_worker_degraded': false,"
                    + " 'degraded_routing_audit_persistence': true}}";
            try (FakeDaemon daemon = world.daemon().on("status", routing)) {
                assertThat(world.run("status", "--routing").out())
                        .endsWith("Routing:\n  Routes: 3 total (2 enabled, 1 disabled)\n  Last cycle: None\n"
                                + "  Events consumed (since start): 9\n  Skips by reason:\n    a: 2\n    b: 1\n"
                                + "  Most stalled: r (lag=4)\n  Worker degraded: false\n"
                                + "  Audit buffer degraded: true\n");
                assertThat(daemon.methods()).containsExactly("status");
            }
        }

        @Test
        void an_error_of_the_daemon_goes_to_stderr_also_with_json() throws IOException {
            try (FakeDaemon daemon = world.daemon().refusing("status", "internal_error", "oh")) {
                assertThat(world.run("status", "--json"))
                        .isEqualTo(new Run(3, "", "error: oh\ncode: internal_error\n"));
                assertThat(daemon.methods()).containsExactly("status");
            }
        }
    }

    @Nested
    class Stop {
        @Test
        void waits_until_the_socket_is_gone() throws IOException {
            FakeDaemon daemon = world.daemon();
            daemon.on("shutdown", params -> {
                daemon.close();
                return "{'ok': true, 'result': {}}";
            });

            assertThat(world.run("stop-daemon", "--json"))
                    .isEqualTo(new Run(
                            0,
                            "{\"ok\": true, \"stopped\": true, \"socket_path\": \""
                                    + world.paths().socket() + "\", \"state_path\": \""
                                    + world.paths().stateDir() + "\"}\n",
                            ""));
        }

        @Test
        void says_so_when_there_is_nothing_to_stop() {
            assertThat(world.run("stop-daemon", "--json"))
                    .isEqualTo(new Run(2, "", "error: no reachable daemon to stop\n"));
        }

        @Test
        void reports_a_daemon_that_stays() throws IOException {
            try (FakeDaemon daemon = world.daemon().on("shutdown", "{}")) {
                assertThat(world.run("stop-daemon"))
                        .isEqualTo(
                                new Run(3, "", "error: daemon acknowledged shutdown but socket is still reachable\n"));
                assertThat(daemon.methods()).contains("shutdown");
            }
        }

        @Test
        void passes_on_an_error_on_stderr() throws IOException {
            try (FakeDaemon daemon = world.daemon().refusing("shutdown", "internal_error", "oh")) {
                assertThat(world.run("stop-daemon", "--json"))
                        .isEqualTo(new Run(3, "", "error: oh\ncode: internal_error\n"));
                assertThat(daemon.methods()).containsExactly("shutdown");
            }
        }
    }

    @Nested
    class Scan {
        private static final String CONTAINERS =
                "{'scan_id': 'a', 'started_at': '2026-05-05T18:01:34.000000+00:00', 'completed_at':"
                        + " '2026-05-05T18:01:34.250900+00:00', 'status': 'ok', 'matched_count': 2,"
                        + " 'inactive_reconciled_count': 1, 'ignored_count': 4, 'error_code': null,"
                        + " 'error_message': null, 'error_details': []}";

        private String panes(int details) {
            StringBuilder list = new StringBuilder();
            for (int i = 0; i < details; i++) {
                list.append(i == 0 ? "" : ", ")
                        .append("{'container_id': 'c")
                        .append(i)
                        .append("', 'error_code': 'tmux_no_server',")
                        .append(" 'error_message': 'none\\tthere'")
                        .append(i == 0 ? ", 'tmux_socket_path': '/tmp/s'}" : "}");
            }
            return "{'scan_id': 'b', 'started_at': 'x', 'completed_at': 'y', 'status': '"
                    + (details > 0 ? "degraded" : "ok")
                    + "', 'containers_scanned': 1, 'sockets_scanned': 2, 'panes_seen': 3, 'panes_newly_active': 4,"
                    + " 'panes_reconciled_to_inactive': 5, 'containers_skipped_inactive': 6,"
                    + " 'containers_tmux_unavailable': 7, 'error_code': 'docker_exec_failed', 'error_message': 'bad',"
                    + " 'error_details': [" + list + "]}";
        }

        @Test
        void needs_a_target() {
            assertThat(world.run("scan", "--json"))
                    .isEqualTo(new Run(1, "", "error: scan requires a target flag (e.g. --containers, --panes)\n"));
        }

        @Test
        void prints_both_blocks_containers_first() throws IOException {
            try (FakeDaemon daemon =
                    world.daemon().on("scan_containers", CONTAINERS).on("scan_panes", panes(0))) {
                assertThat(world.run("scan", "--panes", "--containers"))
                        .isEqualTo(new Run(
                                0,
                                "scan_id=a\nstatus=ok\nmatched=2\ninactive_reconciled=1\nignored=4\nduration_ms=250\n\n"
                                        + "scan_id=b\nstatus=ok\ncontainers_scanned=1\nsockets_scanned=2\npanes_seen=3\n"
                                        + "panes_newly_active=4\npanes_reconciled_inactive=5\n"
                                        + "containers_skipped_inactive=6\ncontainers_tmux_unavailable=7\nduration_ms=0\n",
                                ""));
                assertThat(daemon.methods()).containsExactly("scan_containers", "scan_panes");
            }
        }

        @Test
        void a_degraded_scan_is_status_5_with_at_most_ten_details() throws IOException {
            try (FakeDaemon daemon = world.daemon().on("scan_panes", panes(12))) {
                Run run = world.run("scan", "--panes");

                assertThat(run.status()).isEqualTo(5);
                assertThat(run.err())
                        .startsWith("error: bad\ncode: docker_exec_failed\n"
                                + "detail: c0 [socket=/tmp/s] tmux_no_server: none there\n"
                                + "detail: c1 tmux_no_server: none there\n")
                        .endsWith("detail: c9 tmux_no_server: none there\ndetail: ... (2 more)\n");
                assertThat(daemon.methods()).containsExactly("scan_panes");
            }
        }

        @Test
        void a_degraded_scan_in_json_leaves_stderr_empty() throws IOException {
            try (FakeDaemon daemon = world.daemon().on("scan_panes", panes(1))) {
                Run run = world.run("scan", "--panes", "--json");

                assertThat(run.status()).isEqualTo(5);
                assertThat(run.out())
                        .startsWith("{\"ok\": true, \"result\": {\"scan_id\": \"b\"")
                        .endsWith("}\n");
                assertThat(run.err()).isEmpty();
                assertThat(daemon.methods()).containsExactly("scan_panes");
            }
        }

        @Test
        void an_error_of_the_first_scan_stops_before_the_second() throws IOException {
            try (FakeDaemon daemon = world.daemon().refusing("scan_containers", "docker_unavailable", "no docker")) {
                assertThat(world.run("scan", "--containers", "--panes", "--json"))
                        .isEqualTo(new Run(
                                3,
                                "{\"ok\": false, \"error\": {\"code\": \"docker_unavailable\", \"message\": \"no docker\"}}\n",
                                ""));
                assertThat(daemon.methods()).containsExactly("scan_containers");
            }
        }
    }

    @Nested
    class Lists {
        @Test
        void an_empty_list_is_its_header() throws IOException {
            try (FakeDaemon daemon = world.daemon()
                    .on("list_containers", "{'containers': []}")
                    .on("list_panes", "{'panes': []}")
                    .on("list_agents", "{'agents': []}")) {
                assertThat(world.run("list-containers").out())
                        .isEqualTo("ACTIVE\tID\tNAME\tIMAGE\tSTATUS\tLAST_SCANNED\n");
                assertThat(world.run("list-panes").out())
                        .isEqualTo("ACTIVE\tFOCUSED\tCONTAINER\tSOCKET\tSESSION\tW\tP\tPANE_ID\tPID\tTTY\tCOMMAND\tCWD"
                                + "\tLAST_SCANNED\n");
                assertThat(world.run("list-agents").out())
                        .isEqualTo("AGENT_ID\tLABEL\tROLE\tCAPABILITY\tCONTAINER\tPANE\tPROJECT\tPARENT\tACTIVE\n");
                assertThat(daemon.params("list_containers")).isEqualTo("{\"active_only\": false}");
                assertThat(daemon.params("list_panes")).isEqualTo("{\"active_only\": false, \"container\": null}");
                assertThat(daemon.params("list_agents")).isEqualTo("{\"schema_version\": 8}");
            }
        }

        @Test
        void agents_are_listed_with_what_they_do_if_wanted() throws IOException {
            String agents =
                    "{'agents': [{'agent_id': 'agt_1', 'label': 'l', 'active': true, 'state': 'waiting_permission',"
                            + " 'state_since': '2026-01-01T00:00:00.000000+00:00', 'state_detail': 'Bash: \\u001b[2J',"
                            + " 'state_evidence': 'hook'}, {'agent_id': 'agt_2', 'label': 'm', 'active': true,"
                            + " 'state': 'unknown', 'state_since': null, 'state_detail': '', 'state_evidence': null}]}";
            try (FakeDaemon daemon = world.daemon().on("list_agents", agents)) {
                List<String> lines =
                        world.run("list-agents", "--states").out().lines().toList();
                assertThat(lines.get(0)).endsWith("\tACTIVE\tSTATE\tSINCE\tDETAIL\tEVIDENCE");
                assertThat(lines.get(1))
                        .contains("\ttrue\twaiting_permission\t2026-01-01T00:00:00.000000+00:00\tBash: ")
                        .endsWith("\thook")
                        .doesNotContain("\u001b");
                assertThat(lines.get(2)).endsWith("\ttrue\tunknown\t-\t-\t-");
                assertThat(daemon.methods()).containsExactly("list_agents");
            }
        }

        @Test
        void rows_stay_in_their_columns() throws IOException {
            String pane = "{'active': true, 'pane_active': false, 'container_name': 'b\\te', 'tmux_socket_path': '/s',"
                    + " 'tmux_session_name': 'w\\u001b[2J', 'tmux_window_index': 1, 'tmux_pane_index': 2,"
                    + " 'tmux_pane_id': '%3', 'pane_pid': 4, 'pane_tty': '/dev/pts/0', 'pane_current_command': 'sh',"
                    + " 'pane_current_path': '/w', 'last_scanned_at': null}";
            try (FakeDaemon daemon = world.daemon().on("list_panes", "{'panes': [" + pane + "]}")) {
                assertThat(world.run("list-panes", "--active-only").out())
                        .endsWith("\n1\t0\tb e\t/s\tw[2J\t1\t2\t%3\t4\t/dev/pts/0\tsh\t/w\tNone\n");
                assertThat(daemon.params("list_panes")).contains("\"active_only\": true");
            }
        }

        @Test
        void agents_are_filtered_by_what_is_given() throws IOException {
            String agent = "{'agent_id': 'agt_0123456789ab', 'label': 'l', 'role': 'slave', 'capability': 'claude',"
                    + " 'container_id': '0123456789abcdef', 'tmux_session_name': 'w', 'tmux_window_index': 0,"
                    + " 'tmux_pane_index': 1, 'project_path': '/p', 'parent_agent_id': null, 'active': true}";
            try (FakeDaemon daemon = world.daemon().on("list_agents", "{'agents': [" + agent + "]}")) {
                Run run = world.run(
                        "list-agents",
                        "--role",
                        "slave",
                        "--role",
                        "swarm",
                        "--container",
                        "0123456789ab",
                        "--active-only");

                assertThat(run.out())
                        .endsWith("\nagt_0123456789ab\tl\tslave\tclaude\t0123456789ab\tw:0.1\t/p\t-\ttrue\n");
                assertThat(daemon.params("list_agents"))
                        .isEqualTo("{\"schema_version\": 8, \"role\": [\"slave\", \"swarm\"], \"container_id\":"
                                + " \"0123456789ab\", \"active_only\": true}");
            }
        }
    }
}
