package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agenttower.cli.CliWorld.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tmux")
class DemoServerTest {
    private static final String SOCKET_NAME = "agenttower-demo";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void keep_to_a_private_socket_folder() throws IOException {
        assumeThat(Path.of("/usr/bin/tmux")).as("tmux is installed").exists();
        world = new CliWorld(folder);
        world.environment.put("TMUX_TMPDIR", folder.toString());
    }

    @AfterEach
    void remove_the_demo() {
        if (world != null) {
            world.run("demo", "--stop");
        }
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("tmux", "-L", SOCKET_NAME);
        builder.command().addAll(List.of(arguments));
        builder.environment().put("TMUX_TMPDIR", folder.toString());
        builder.environment().remove("TMUX");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private FakeDaemon towerThatSees(String socket) throws IOException {
        StringBuilder panes = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            panes.append(i == 0 ? "" : ", ")
                    .append("{'container_id': 'h', 'container_name': 'host', 'tmux_socket_path': '" + socket + "',")
                    .append(" 'tmux_session_name': 'demo', 'tmux_window_index': 0, 'tmux_pane_index': " + i)
                    .append(", 'tmux_pane_id': '%" + i + "'}");
        }
        return world.daemon()
                .on("app.hello", "{'app_session_token': 't', 'daemon_version': '0.1.0'}")
                .on("app.scan.containers", "{}")
                .on("app.scan.panes", "{}")
                .on("app.dashboard", "{}")
                .on("app.readiness", "{}")
                .on("list_agents", "{'agents': []}")
                .on("list_containers", "{'containers': [{'id': 'h', 'name': 'host'}]}")
                .on("list_panes", "{'panes': [" + panes + "]}")
                .on("app.agent.register_from_pane", "{'row': {}}");
    }

    @Test
    void starts_three_panes_adopts_two_and_shows_the_dashboard() throws IOException, InterruptedException {
        String socket = folder + "/tmux-0/" + SOCKET_NAME;
        try (FakeDaemon daemon = towerThatSees(socket)) {
            Run run = world.run("demo");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("host", "demo:0.2", "agenttower demo --stop");
            assertThat(tmux("list-panes", "-a").lines()).hasSize(3);
            assertThat(daemon.methods().stream().filter("app.agent.register_from_pane"::equals))
                    .hasSize(2);
            assertThat(daemon.params("app.agent.register_from_pane"))
                    .contains("\"pane_id\": \"%1\"", "\"label\": \"demo-tests\"");
        }
    }

    @Test
    void a_second_demo_takes_the_panes_that_are_there() throws IOException, InterruptedException {
        try (FakeDaemon daemon = towerThatSees(folder + "/tmux-0/" + SOCKET_NAME)) {
            world.run("demo");
            world.run("demo");

            assertThat(tmux("list-panes", "-a").lines()).hasSize(3);
            assertThat(daemon.methods()).contains("app.dashboard");
        }
    }

    @Test
    void a_demo_that_lacks_panes_is_completed() throws IOException, InterruptedException {
        tmux("-f", "/dev/null", "new-session", "-d", "-s", "demo", "-x", "160", "-y", "48");
        tmux("new-session", "-d", "-s", "precious");
        try (FakeDaemon daemon = towerThatSees(folder + "/tmux-0/" + SOCKET_NAME)) {
            assertThat(world.run("demo").status()).isZero();

            assertThat(tmux("list-panes", "-s", "-t", "=demo").lines()).hasSize(3);
            assertThat(world.run("demo", "--stop").status()).isZero();
            assertThat(tmux("list-sessions", "-F", "#{session_name}")).isEqualTo("precious\n");
            assertThat(daemon.methods()).contains("app.agent.register_from_pane");
        } finally {
            tmux("kill-server");
        }
    }

    @Test
    void a_daemon_that_does_not_see_the_panes_is_an_error_with_a_way_out() throws IOException {
        try (FakeDaemon daemon = towerThatSees("/elsewhere/default")) {
            Run run = world.run("demo");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err())
                    .startsWith("error: the daemon does not see the panes")
                    .contains("demo --stop");
            assertThat(daemon.methods()).doesNotContain("app.agent.register_from_pane");
        }
    }

    @Test
    void stop_removes_the_demo_and_no_other_server() throws IOException, InterruptedException {
        ProcessBuilder other = new ProcessBuilder("tmux", "-L", "other", "-f", "/dev/null", "new-session", "-d");
        other.environment().put("TMUX_TMPDIR", folder.toString());
        other.start().waitFor();
        try (FakeDaemon daemon = towerThatSees(folder + "/tmux-0/" + SOCKET_NAME)) {
            world.run("demo");

            assertThat(world.run("demo", "--stop")).isEqualTo(new Run(0, "the demo is gone\n", ""));
            assertThat(world.run("demo", "--stop")).isEqualTo(new Run(0, "no demo is running\n", ""));
            assertThat(daemon.methods()).endsWith("app.scan.panes");
        } finally {
            Process kill = new ProcessBuilder("tmux", "-S", socketOf("other"), "kill-server").start();
            assertThat(kill.waitFor()).as("the other server was still there").isZero();
        }
    }

    private String socketOf(String name) throws IOException {
        try (var found = Files.walk(folder, 2)) {
            return found.filter(path -> path.endsWith(name))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }
}
