package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.client.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDoctorTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OTHER = "0123456789ab" + "f".repeat(52);

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    private JsonNode checks(int status) throws IOException {
        Run run = world.run("config", "doctor", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("}\n").doesNotContain("\n{");
        JsonNode report = JsonText.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(run.status()).isEqualTo(status);
        assertThat(report.path("summary").path("exit_code").intValue()).isEqualTo(status);
        assertThat(report.path("summary").path("total").intValue()).isEqualTo(6);
        assertThat(report.path("checks")).hasSize(6);
        return report.path("checks");
    }

    private static String found(JsonNode check) {
        return check.path("status").asText() + "/" + check.path("source").asText("-") + "/"
                + check.path("sub_code").asText("-") + "/"
                + check.path("details").asText();
    }

    private static String rows(String... ids) {
        StringBuilder rows = new StringBuilder();
        for (String id : ids) {
            rows.append(rows.length() == 0 ? "" : ", ").append("{'id': '" + id + "', 'name': 'n'}");
        }
        return "{'containers': [" + rows + "]}";
    }

    @Test
    void a_healthy_host_passes_with_information_only() throws IOException {
        try (FakeDaemon daemon = world.daemon()) {
            assertThat(world.run("config", "doctor"))
                    .isEqualTo(new Run(
                            0,
                            "socket_resolved\tpass\t" + world.paths().socket() + " (host_default)\n"
                                    + "socket_reachable\tpass\tdaemon_version=0.1.0 schema_version=8\n"
                                    + "daemon_status\tpass\tschema_version=8 (cli supports 8); daemon_version=0.1.0\n"
                                    + "container_identity\tinfo\thost_context\n"
                                    + "tmux_present\tinfo\tnot_in_tmux\n"
                                    + "tmux_pane_match\tinfo\tnot_in_tmux\n"
                                    + "summary\t0\t3/6 checks passed\n",
                            ""));
            assertThat(daemon.methods()).containsExactly("status");
        }
    }

    @Test
    void a_missing_daemon_is_status_2_and_all_six_checks_are_there() throws IOException {
        JsonNode checks = checks(2);

        String socket = world.paths().socket().toString();
        assertThat(found(checks.path("socket_reachable")))
                .isEqualTo("fail/round_trip/socket_missing/socket_missing: " + socket);
        assertThat(checks.path("socket_reachable").path("actionable_message").asText())
                .isEqualTo(
                        "socket file does not exist at " + socket + "; try `agenttower ensure-daemon` from the host");
        for (String check : new String[] {"daemon_status", "container_identity", "tmux_pane_match"}) {
            assertThat(found(checks.path(check))).isEqualTo("info/-/daemon_unavailable/daemon_unavailable");
            assertThat(checks.path(check).path("actionable_message").asText())
                    .startsWith("skipped because socket_reachable is fail");
        }
    }

    @Test
    void a_file_in_place_of_the_socket_is_named() throws IOException {
        Files.createDirectories(world.paths().stateDir());
        Files.writeString(world.paths().socket(), "");

        assertThat(found(checks(2).path("socket_reachable")))
                .isEqualTo("fail/round_trip/socket_not_unix/socket_not_unix: "
                        + world.paths().socket());
    }

    @Test
    void a_socket_without_daemon_refuses_and_no_errno_is_shown() throws IOException {
        FakeDaemon daemon = world.daemon();
        Path kept = Files.move(world.paths().socket(), world.paths().socket().resolveSibling("kept"));
        daemon.close();
        Files.move(kept, world.paths().socket());

        assertThat(checks(2).path("socket_reachable").path("sub_code").asText()).isEqualTo("connection_refused");
        assertThat(world.run("config", "doctor").out())
                .doesNotContain("Errno", "ENOENT", "ECONNREFUSED", "EACCES", "Connection refused", "strerror");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"schema_version\": 9}', 3, fail/schema_check/schema_version_newer/schema_version=9 > cli supports 8",
        "'{\"schema_version\": 7}', 0, warn/schema_check/schema_version_older/schema_version=7 < cli supports 8",
        "'{\"schema_version\": null}', 3, fail/schema_check/daemon_error/daemon did not report a numeric schema_version"
    })
    void the_schema_of_the_daemon_is_compared(String status, int exit, String expected) throws IOException {
        try (FakeDaemon daemon = world.daemon().on("status", status)) {
            assertThat(found(checks(exit).path("daemon_status"))).isEqualTo(expected);
            assertThat(daemon.methods()).containsExactly("status");
        }
    }

    @Test
    void an_error_envelope_is_reachable_but_no_usable_daemon() throws IOException {
        try (FakeDaemon daemon = world.daemon().refusing("status", "internal_error", "")) {
            JsonNode checks = checks(3);

            assertThat(found(checks.path("socket_reachable")))
                    .isEqualTo("pass/round_trip/-/transport_ok (daemon returned an error envelope)");
            assertThat(found(checks.path("daemon_status")))
                    .isEqualTo("fail/daemon_error/daemon_error/daemon_error: internal_error");
            assertThat(checks.path("daemon_status").path("actionable_message").asText())
                    .isEqualTo("daemon returned an error");
            assertThat(checks.path("tmux_pane_match").path("actionable_message").asText())
                    .isEqualTo("skipped because daemon_status is fail");
            assertThat(daemon.methods()).containsExactly("status");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0::/docker/ID, ID, 0, pass/cgroup/unique_match/unique_match: ID (n)",
        "0::/docker/0123456789ab, ID, 0, pass/cgroup/unique_match/unique_match: ID (n)",
        "0::/docker/0123456789ab, ID OTHER, 5, 'fail/cgroup/multi_match/multi_match: ID, OTHER (candidate prefix=0123456789ab)'",
        "0::/docker/ID, ID ID, 5, 'fail/cgroup/multi_match/multi_match: ID, ID'",
        "0::/docker/ffffffffffff, ID, 5, fail/cgroup/no_match/no_match: ffffffffffff (cgroup)"
    })
    void the_container_is_looked_up_by_its_id(String cgroup, String known, int exit, String expected)
            throws IOException {
        world.inContainer(cgroup.replace("ID", ID));
        String ids = known.replace("OTHER", OTHER).replace("ID", ID);
        try (FakeDaemon daemon = world.daemon().on("list_containers", rows(ids.split(" ")))) {
            JsonNode check = checks(exit).path("container_identity");

            assertThat(found(check)).isEqualTo(expected.replace("OTHER", OTHER).replace("ID", ID));
            assertThat(check.has("daemon_container_set_empty")).isFalse();
            assertThat(daemon.methods()).containsExactly("status", "list_containers");
        }
    }

    @Test
    void a_daemon_that_knows_no_container_is_said_to_know_none() throws IOException {
        world.inContainer("0::/docker/" + ID);
        try (FakeDaemon daemon = world.daemon().on("list_containers", rows())) {
            JsonNode check = checks(5).path("container_identity");

            assertThat(check.path("sub_code").asText()).isEqualTo("no_match");
            assertThat(check.path("daemon_container_set_empty").booleanValue()).isTrue();
            assertThat(daemon.methods()).contains("list_containers");
        }
    }

    @Test
    void several_ids_are_all_named() throws IOException {
        world.inContainer("0::/docker/aaaaaaaaaaaa\n1::/docker/bbbbbbbbbbbb");
        try (FakeDaemon daemon = world.daemon().on("list_containers", rows(ID))) {
            JsonNode check = checks(5).path("container_identity");

            assertThat(found(check))
                    .isEqualTo("fail/cgroup/multi_match/multi_match: distinct cgroup ids in /proc/self/cgroup:"
                            + " aaaaaaaaaaaa, bbbbbbbbbbbb");
            assertThat(JsonText.ascii(check.path("cgroup_candidates")))
                    .isEqualTo("[\"aaaaaaaaaaaa\", \"bbbbbbbbbbbb\"]");
            assertThat(daemon.methods()).contains("status");
        }
    }

    @Test
    void no_sign_of_an_id_in_a_container_is_a_failure() throws IOException {
        Files.createDirectories(world.root);
        Files.writeString(world.root.resolve(".dockerenv"), "");
        try (FakeDaemon daemon = world.daemon().on("list_containers", rows(ID))) {
            assertThat(found(checks(5).path("container_identity")))
                    .isEqualTo("fail/-/no_candidate/no_candidate: every detection signal returned empty");
            world.environment.put("HOSTNAME", "0123456789ab");
            assertThat(found(checks(0).path("container_identity")))
                    .isEqualTo("pass/hostname_env/unique_match/unique_match: " + ID + " (n)");
            assertThat(daemon.methods()).contains("list_containers");
        }
    }

    @Test
    void a_list_that_fails_is_not_taken_for_an_empty_one() throws IOException {
        world.inContainer("0::/docker/" + ID).inPane("/s,1,0", "%3");
        try (FakeDaemon daemon = world.daemon()
                .refusing("list_containers", "internal_error", "oh")
                .refusing("list_panes", "internal_error", "oh")) {
            JsonNode checks = checks(0);

            assertThat(found(checks.path("container_identity")))
                    .isEqualTo("info/-/daemon_unavailable/daemon_unavailable");
            assertThat(found(checks.path("tmux_pane_match"))).isEqualTo("info/-/daemon_unavailable/daemon_unavailable");
            assertThat(daemon.methods()).containsExactly("status", "list_containers", "list_panes");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 5, fail/list_panes/pane_unknown_to_daemon/pane_unknown_to_daemon: /s:%3",
        "c1, 0, pass/list_panes/pane_match/pane_match: %3 in c1:w",
        "c1 c2, 5, fail/list_panes/pane_ambiguous/pane_ambiguous: 2 panes match /s:%3"
    })
    void the_pane_is_looked_up_by_socket_and_id(String containers, int exit, String expected) throws IOException {
        world.inPane("/s,1,0", "%3");
        StringBuilder panes =
                new StringBuilder("{'tmux_socket_path': '/s', 'tmux_pane_id': '%4', 'container_id': 'c1'}");
        for (String container : containers.isEmpty() ? new String[0] : containers.split(" ")) {
            panes.append(", {'tmux_socket_path': '/s', 'tmux_pane_id': '%3', 'container_id': '" + container
                    + "', 'tmux_session_name': 'w', 'active': true}");
        }
        try (FakeDaemon daemon = world.daemon().on("list_panes", "{'panes': [" + panes + "]}")) {
            JsonNode checks = checks(exit);

            assertThat(found(checks.path("tmux_present"))).isEqualTo("pass/env/-/socket=/s session=0 pane=%3");
            assertThat(found(checks.path("tmux_pane_match"))).isEqualTo(expected);
            assertThat(daemon.params("list_panes")).isEqualTo("{}");
        }
    }

    @Test
    void a_malformed_pane_fails_once() throws IOException {
        world.inPane("/s,1", "%3");
        try (FakeDaemon daemon = world.daemon()) {
            JsonNode checks = checks(5);

            assertThat(found(checks.path("tmux_present")))
                    .isEqualTo("fail/env/output_malformed/output_malformed: $TMUX is set but does not have three"
                            + " comma-separated fields");
            assertThat(found(checks.path("tmux_pane_match")))
                    .isEqualTo("info/-/not_in_tmux/skipped: tmux env malformed");
            assertThat(daemon.methods()).containsExactly("status");
        }
    }
}
