package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The production daemon, which judges where a caller is by the signs that a container leaves in {@code /proc}. */
final class HostGateTest {
    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.real().with("DOCKER_HOST", "unix:///nonexistent/docker.sock");

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    private static boolean bearsSignsOfContainer() throws IOException {
        return Files.exists(Path.of("/.dockerenv"))
                || Files.exists(Path.of("/run/.containerenv"))
                || Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                        .anyMatch(line -> Stream.of("docker/", "containerd/", "kubepods/", "lxc/")
                                .anyMatch(line::contains));
    }

    @Test
    void the_contract_is_for_callers_on_the_host_alone() throws IOException {
        for (String method : List.of("app.preflight", "app.hello")) {
            JsonNode answer = TOWER.call(method);
            if (bearsSignsOfContainer()) {
                assertAppRefused(answer, "host_only", Map.of());
            } else {
                appResult(answer);
            }
        }
    }

    @Test
    void a_caller_in_a_container_is_refused_before_anything_else_is_looked_at() throws IOException {
        for (String method : List.of("app.readiness", "app.dashboard", "app.scan.panes", "app.agent.update")) {
            JsonNode answer = TOWER.call(method, Map.of("app_session_token", 7, "limit", "x"));
            assertAppRefused(answer, bearsSignsOfContainer() ? "host_only" : "app_session_required", Map.of());
        }
        JsonNode unknown = TOWER.call("app.foo.bar");
        assertAppRefused(unknown, bearsSignsOfContainer() ? "host_only" : "unknown_method", Map.of());
    }

    @Test
    void the_older_methods_are_for_everybody() {
        assertThat(result(TOWER.call("ping"))).isEmpty();
        result(TOWER.call("status"));
        result(TOWER.call("list_containers"));
        result(TOWER.call("list_panes"));
        result(TOWER.call("list_agents"));
    }
}
