package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.FakeDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DoctorTest {
    private static final List<String> CHECKS = List.of(
            "socket_resolved",
            "socket_reachable",
            "daemon_status",
            "container_identity",
            "tmux_present",
            "tmux_pane_match");
    private static final String ID = "abc123def456" + "0".repeat(52);
    private static final String TWIN = "abc123def456" + "1".repeat(52);

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    @BeforeEach
    void begin() throws IOException {
        files.forget();
        root("0::/\n");
        TOWER.without("AGENTTOWER_SOCKET")
                .without("AGENTTOWER_CONTAINER_ID")
                .without("TMUX")
                .without("TMUX_PANE")
                .with("HOSTNAME", "");
    }

    private static void root(String cgroup) throws IOException {
        Path folder = Files.createDirectories(TOWER.home().resolve("root/proc/self"));
        Files.writeString(folder.resolve("cgroup"), cgroup);
        TOWER.with("AGENTTOWER_TEST_PROC_ROOT", TOWER.home().resolve("root").toString());
    }

    /** Runs the doctor both ways, compares the reports, and gives the checks. */
    private static JsonNode checks(int exitCode) {
        CommandResult asJson = TOWER.run("config", "doctor", "--json");
        assertThat(asJson.exitCode()).as(asJson.toString()).isEqualTo(exitCode);
        assertThat(asJson.err()).isEmpty();
        assertThat(asJson.out()).hasLineCount(1);
        JsonNode report = json(asJson.out());
        assertThat(keys(report)).containsExactly("summary", "checks");
        JsonNode summary = report.path("summary");
        assertThat(keys(summary)).containsExactly("exit_code", "total", "passed", "warned", "failed", "info");
        assertThat(summary.path("exit_code").asInt()).isEqualTo(exitCode);
        assertThat(summary.path("total").asInt()).isEqualTo(6);
        JsonNode checks = report.path("checks");
        assertThat(keys(checks)).containsExactlyElementsOf(CHECKS);
        List<String> statuses = checks.findValuesAsText("status");
        assertThat(summary.path("passed").asLong()).isEqualTo(count(statuses, "pass"));
        assertThat(summary.path("warned").asLong()).isEqualTo(count(statuses, "warn"));
        assertThat(summary.path("failed").asLong()).isEqualTo(count(statuses, "fail"));
        assertThat(summary.path("info").asLong()).isEqualTo(count(statuses, "info"));
        assertText(checks, exitCode, count(statuses, "pass"));
        for (String text : List.of("Errno", "ENOENT", "ECONNREFUSED", "EACCES", "Connection refused", "strerror")) {
            assertThat(asJson.out()).doesNotContain(text);
        }
        assertThat(asJson.out()).doesNotContain("not_in_container", "no_containers_known");
        return checks;
    }

    private static long count(List<String> statuses, String status) {
        return statuses.stream().filter(status::equals).count();
    }

    private static void assertText(JsonNode checks, int exitCode, long passed) {
        StringBuilder expected = new StringBuilder();
        checks.properties().forEach(check -> {
            JsonNode finding = check.getValue();
            expected.append(check.getKey())
                    .append('\t')
                    .append(finding.path("status").asText());
            expected.append('\t').append(finding.path("details").asText()).append('\n');
            if (finding.has("actionable_message")) {
                expected.append("    ")
                        .append(finding.path("actionable_message").asText())
                        .append('\n');
            }
        });
        expected.append("summary\t")
                .append(exitCode)
                .append('\t')
                .append(passed)
                .append("/6 checks passed\n");
        CommandResult text = TOWER.run("config", "doctor");
        assertThat(text.exitCode()).isEqualTo(exitCode);
        assertThat(text.err()).isEmpty();
        assertThat(text.out()).isEqualTo(expected.toString());
    }

    private static void assertFound(
            JsonNode checks, String check, String status, String source, String subCode, String details) {
        JsonNode finding = checks.path(check);
        assertThat(finding.path("status").asText()).as(finding.toString()).isEqualTo(status);
        assertThat(finding.path("source").textValue()).as(finding.toString()).isEqualTo(source);
        assertThat(finding.path("sub_code").textValue()).as(finding.toString()).isEqualTo(subCode);
        assertThat(finding.path("details").asText()).startsWith(details);
    }

    @Test
    void a_healthy_host() {
        JsonNode checks = checks(0);
        String socket = TOWER.paths().socket().toString();
        assertFound(checks, "socket_resolved", "pass", "host_default", null, socket + " (host_default)");
        assertFound(checks, "socket_reachable", "pass", "round_trip", null, "daemon_version=0.1.0 schema_version=8");
        assertFound(
                checks,
                "daemon_status",
                "pass",
                "schema_check",
                null,
                "schema_version=8 (cli supports 8); daemon_version=0.1.0");
        assertFound(checks, "container_identity", "info", null, "host_context", "host_context");
        assertFound(checks, "tmux_present", "info", null, "not_in_tmux", "not_in_tmux");
        assertFound(checks, "tmux_pane_match", "info", null, "not_in_tmux", "not_in_tmux");
    }

    @Test
    void no_daemon() throws IOException {
        Path empty = Files.createDirectories(TOWER.home().resolve("nobody"));
        TOWER.with("HOME", empty.toString());
        try {
            JsonNode checks = checks(2);
            assertFound(checks, "socket_reachable", "fail", "round_trip", "socket_missing", "socket_missing: " + empty);
            assertFound(checks, "daemon_status", "info", null, "daemon_unavailable", "daemon_unavailable");
            assertFound(checks, "container_identity", "info", null, "daemon_unavailable", "daemon_unavailable");
            assertFound(checks, "tmux_pane_match", "info", null, "daemon_unavailable", "daemon_unavailable");
            assertThat(empty).isEmptyDirectory();
        } finally {
            TOWER.with("HOME", TOWER.home().toString());
        }
    }

    @Test
    void a_file_or_a_dead_socket_where_the_daemon_should_be() throws IOException {
        Path home = TOWER.home().resolve("broken");
        Path state = Files.createDirectories(home.resolve(".local/state/opensoft/agenttower"));
        Path socket = state.resolve("agenttowerd.sock");
        TOWER.with("HOME", home.toString());
        try {
            Files.writeString(socket, "");
            assertFound(
                    checks(2),
                    "socket_reachable",
                    "fail",
                    "round_trip",
                    "socket_not_unix",
                    "socket_not_unix: " + socket);
            Files.delete(socket);
            new FakeDaemon(socket, "").close();
            assertFound(
                    checks(2),
                    "socket_reachable",
                    "fail",
                    "round_trip",
                    "connection_refused",
                    "connection_refused: " + socket);
        } finally {
            TOWER.with("HOME", TOWER.home().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ok\":true,\"result\":{\"schema_version\":9,\"daemon_version\":\"1\"}} | 3 | fail | schema_check"
                        + " | schema_version_newer | schema_version=9 > cli supports 8",
                "{\"ok\":true,\"result\":{\"schema_version\":7,\"daemon_version\":\"1\"}} | 0 | warn | schema_check"
                        + " | schema_version_older | schema_version=7 < cli supports 8",
                "{\"ok\":true,\"result\":{\"schema_version\":null,\"daemon_version\":\"1\"}} | 3 | fail | schema_check"
                        + " | daemon_error | daemon did not report a numeric schema_version",
                "{\"ok\":false,\"error\":{\"code\":\"internal_error\",\"message\":\"m\"}} | 3 | fail | daemon_error"
                        + " | daemon_error | daemon_error: internal_error",
                "nonsense | 2 | info | | daemon_unavailable | daemon_unavailable",
                "[] | 2 | info | | daemon_unavailable | daemon_unavailable"
            })
    void another_daemon(String line, int exitCode, String status, String source, String subCode, String details)
            throws IOException {
        Path socket = TOWER.home().resolve("fake.sock");
        Files.deleteIfExists(socket);
        try (FakeDaemon daemon = new FakeDaemon(socket, line)) {
            TOWER.with("AGENTTOWER_SOCKET", socket.toString());
            JsonNode checks = checks(exitCode);
            assertFound(checks, "socket_resolved", "pass", "env_override", null, socket + " (env_override)");
            assertFound(checks, "daemon_status", status, source, subCode, details);
            if (exitCode == 2) {
                assertFound(checks, "socket_reachable", "fail", "round_trip", "protocol_error", "protocol_error");
            }
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void a_container_that_the_daemon_does_not_know() throws IOException {
        root("0::/docker/" + ID + "\n");
        JsonNode checks = checks(5);
        assertFound(checks, "container_identity", "fail", "cgroup", "no_match", "no_match: " + ID + " (cgroup)");
        assertThat(checks.path("container_identity")
                        .path("daemon_container_set_empty")
                        .asBoolean())
                .isTrue();
        world.container("other", "bench-other", true);
        assertThat(checks(5).path("container_identity").has("daemon_container_set_empty"))
                .isFalse();
    }

    @Test
    void a_container_that_the_daemon_knows() throws IOException {
        world.container(ID, "bench-acme", true);
        root("0::/docker/" + ID + "\n");
        String match = "unique_match: " + ID + " (bench-acme)";
        assertFound(checks(0), "container_identity", "pass", "cgroup", "unique_match", match);
        TOWER.with("AGENTTOWER_CONTAINER_ID", "abc123def456");
        assertFound(checks(0), "container_identity", "pass", "env", "unique_match", match);
        world.container(TWIN, "bench-twin", true);
        assertFound(checks(5), "container_identity", "fail", "env", "multi_match", "multi_match: ");
        TOWER.with("AGENTTOWER_CONTAINER_ID", "abc");
        assertFound(checks(5), "container_identity", "fail", "env", "no_match", "no_match: abc (env)");
    }

    @Test
    void a_container_that_could_be_several_or_none() throws IOException {
        root("0::/docker/" + ID + "\n1::/docker/" + TWIN + "\n");
        JsonNode several = checks(5);
        assertFound(
                several,
                "container_identity",
                "fail",
                "cgroup",
                "multi_match",
                "multi_match: distinct cgroup ids in /proc/self/cgroup: " + ID + ", " + TWIN);
        assertThat(Answers.texts(several.path("container_identity").path("cgroup_candidates")))
                .containsExactly(ID, TWIN);
        root("0::/\n");
        Files.createFile(TOWER.home().resolve("root/.dockerenv"));
        try {
            assertFound(checks(5), "container_identity", "fail", null, "no_candidate", "no_candidate: ");
            TOWER.with("HOSTNAME", "bench-acme");
            assertFound(checks(5), "container_identity", "fail", "hostname_env", "no_match", "no_match: bench-acme");
        } finally {
            Files.delete(TOWER.home().resolve("root/.dockerenv"));
        }
    }

    @Test
    void a_pane() {
        TOWER.with("TMUX", World.SOCKET + ",1,$3").with("TMUX_PANE", "%1");
        JsonNode unknown = checks(5);
        assertFound(unknown, "tmux_present", "pass", "env", null, "socket=" + World.SOCKET + " session=$3 pane=%1");
        assertFound(
                unknown,
                "tmux_pane_match",
                "fail",
                "list_panes",
                "pane_unknown_to_daemon",
                "pane_unknown_to_daemon: " + World.SOCKET + ":%1");
        world.container("c1", "bench-1", true).pane("c1", 1, true);
        assertFound(checks(0), "tmux_pane_match", "pass", "list_panes", "pane_match", "pane_match: %1 in c1:main");
        world.container("c2", "bench-2", true).pane("c2", 1, true);
        assertFound(
                checks(5),
                "tmux_pane_match",
                "fail",
                "list_panes",
                "pane_ambiguous",
                "pane_ambiguous: 2 panes match " + World.SOCKET + ":%1");
    }

    @ParameterizedTest
    @CsvSource({
        "'/s,1', %1, $TMUX is set but does not have three comma-separated fields",
        "'/s,,$0', %1, $TMUX has an empty field",
        "'/s,1,$0', '', $TMUX is set but $TMUX_PANE is unset",
        "'/s,1,$0', 1, $TMUX_PANE does not match the %N shape"
    })
    void a_pane_whose_name_cannot_be_read(String tmux, String pane, String reason) {
        TOWER.with("TMUX", tmux).with("TMUX_PANE", pane);
        JsonNode checks = checks(5);
        assertFound(checks, "tmux_present", "fail", "env", "output_malformed", "output_malformed: " + reason);
        assertFound(checks, "tmux_pane_match", "info", null, "not_in_tmux", "skipped: tmux env malformed");
    }
}
