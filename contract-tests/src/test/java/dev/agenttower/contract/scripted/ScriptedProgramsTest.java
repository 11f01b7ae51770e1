package dev.agenttower.contract.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ScriptedProgramsTest {
    private static final String DOCKER = "AGENTTOWER_TEST_DOCKER_FAKE";
    private static final String TMUX = "AGENTTOWER_TEST_TMUX_FAKE";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    private JsonNode scan(String method) {
        return tower.call(method).path("result");
    }

    @Test
    void containers_and_panes_come_from_the_scripts_which_are_read_anew_each_time() {
        tower.script(DOCKER, """
                        {"list_running": {"containers": [
                            {"container_id": "abc", "name": "py-bench"}, {"container_id": "def", "name": "redis"}]},
                         "inspect": {"results": [
                            {"container_id": "abc", "name": "py-bench", "image": "img", "config_user": "user",
                             "mounts": [{"source": "/h", "target": "/w", "type": "bind", "mode": "rw", "rw": true}]}]}}
                        """).script(TMUX, """
                        {"containers": {"abc": {"uid": "1000", "sockets": {
                            "default": [{"session_name": "work", "window_index": 0, "pane_index": 0, "pane_id": "%0",
                                         "pane_pid": 1000}],
                            "work": {"failure": {"code": "tmux_no_server", "message": "gone"}}}}}}
                        """).start();
        assertThat(scan("scan_containers").path("matched_count").asInt()).isEqualTo(1);
        JsonNode panes = scan("scan_panes");
        assertThat(panes.path("panes_seen").asInt()).isEqualTo(1);
        assertThat(panes.path("status").asText()).isEqualTo("degraded");
        assertThat(panes.path("error_details").get(0).path("tmux_socket_path").asText())
                .isEqualTo("/tmp/tmux-1000/work");

        tower.script(DOCKER, "{\"list_running\": {\"action\": \"permission_denied\", \"message\": \"no\"}}");
        JsonNode refused = tower.call("scan_containers").path("error");
        assertThat(refused.path("code").asText()).isEqualTo("docker_permission_denied");
        assertThat(refused.path("message").asText()).isEqualTo("no");
    }

    @Test
    void a_script_that_cannot_be_read_is_an_internal_error_and_no_scan() {
        tower.with(DOCKER, "1").start();
        assertThat(tower.call("scan_containers").path("error").path("code").asText())
                .isEqualTo("internal_error");
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
    }

    @Test
    void a_scripted_world_has_no_host_bench_and_changes_only_when_scanned() {
        tower.script(DOCKER, "{}").start();
        assertThat(scan("scan_containers").path("matched_count").asInt()).isZero();
        assertThat(scan("list_containers").path("containers")).isEmpty();
    }

    @Test
    void the_time_of_messages_is_fixed_by_a_script_that_must_be_readable() {
        String clock = "AGENTTOWER_TEST_ROUTING_CLOCK_FAKE";
        tower.with(clock, "no time");
        assertThat(tower.run("ensure-daemon").exitCode()).isNotZero();
        tower.with(clock, "{\"now_iso_ms_utc\": \"2026-05-11T07:08:09.123Z\", \"monotonic\": 1.5}")
                .start();
        assertThat(tower.call("routing.disable")
                        .path("result")
                        .path("last_updated_at")
                        .asText())
                .isEqualTo("2026-05-11T07:08:09.123Z");
    }

    @Test
    void active_seams_are_announced_in_the_log() {
        tower.with("AGENTTOWER_TEST_INJECT_LATENCY_MS", "600")
                .with("AGENTTOWER_TEST_FORCE_DEGRADED_SUBSYSTEMS", " docker , nonsense")
                .start();
        assertThat(tower.events())
                .containsExactly(
                        "daemon_starting",
                        "host_peer_check_bypassed",
                        "dashboard_test_latency_injected",
                        "dashboard_test_degraded_forced",
                        "daemon_ready");
        assertThat(tower.log()).contains("\tinject_ms=600\t").contains("\tforced_subsystems= docker , nonsense\t");

        JsonNode dashboard = tower.call("app.dashboard", Map.of("app_session_token", tower.hello()))
                .path("result");
        assertThat(dashboard.path("recommended_next_action").path("code").asText())
                .isEqualTo("subsystem_degraded");
        assertThat(dashboard
                        .path("recommended_next_action")
                        .path("target")
                        .path("id")
                        .asText())
                .isEqualTo("docker");
        await().until(() -> tower.log().contains("app_dashboard_latency_exceeded"));
        assertThat(tower.log()).containsPattern("latency_ms=[6-9][0-9]{2} budget_ms=500");

        JsonNode readiness = tower.call("app.readiness", Map.of("app_session_token", tower.hello()))
                .path("result");
        assertThat(readiness.path("subsystems").get(0).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void without_the_seam_the_host_gate_is_the_real_one() {
        tower.without("AGENTTOWER_TEST_FORCE_HOST_PEER").start();
        assertThat(tower.events()).doesNotContain("host_peer_check_bypassed");
    }

    @Test
    void a_scripted_root_alone_is_refused_before_anything_else() {
        tower.without("AGENTTOWER_TEST_FORCE_HOST_PEER").with("AGENTTOWER_TEST_PROC_ROOT", "");
        CommandResult refused = tower.run("--version");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo("error: AGENTTOWER_TEST_PROC_ROOT is set outside the test harness;"
                        + " unset it before running production\n");
    }

    @Test
    void a_scripted_root_makes_a_command_believe_that_it_is_in_a_container() throws IOException {
        Path root = Files.createDirectories(tower.home().resolve("root/proc/self"));
        Files.writeString(root.resolve("cgroup"), "0::/docker/" + "ab".repeat(32) + "\n");
        tower.start()
                .with("AGENTTOWER_TEST_PROC_ROOT", tower.home().resolve("root").toString());
        CommandResult doctor = tower.run("config", "doctor");
        assertThat(doctor.exitCode()).isEqualTo(5);
        assertThat(doctor.out()).contains("container_identity\tfail\tno_match");
    }
}
