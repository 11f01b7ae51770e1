package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Descriptors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The distribution on a real engine, with real containers and real tmux in them. */
@Tag("docker")
final class RealTowerTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private BenchLab lab;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void follows_containers_and_panes_without_being_asked() {
        Bench before = lab.upWithPanes("early-bench", 2);
        tower.start();
        soon(5, () -> activePanes(before) == 2);

        before.sh("tmux split-window -d -t work");
        soon(5, () -> activePanes(before) == 3);
        before.sh("tmux kill-pane -t work:0.0");
        soon(5, () -> activePanes(before) == 2);

        Bench after = lab.up("late-bench");
        soon(2, () -> isActive(after));
        after.sh("tmux -f /dev/null new-session -d -s work");
        soon(5, () -> activePanes(after) == 1);
        after.stop();
        soon(2, () -> !isActive(after));
    }

    @Test
    void asks_the_engine_over_unix_sockets_only() throws IOException {
        lab.upWithPanes("py-bench", 1);
        tower.start();
        tower.call("scan_containers");
        tower.call("scan_panes");
        assertThat(Descriptors.sockets(tower.pid())).isNotEmpty();
        assertThat(Descriptors.socketsBesideUnix(tower.pid())).isEmpty();
    }

    @Test
    void refuses_a_control_panel_in_a_container() {
        tower.start();
        Path state = tower.paths().stateDir();
        assertThat(tower.call("app.preflight").path("ok").asBoolean()).isTrue();

        String answers = lab.runInContainer(
                state,
                "perl",
                "-MIO::Socket::UNIX",
                "-e",
                "my $path = shift; for my $method (@ARGV) {"
                        + " my $s = IO::Socket::UNIX->new(Peer => $path) or die $!;"
                        + " print $s qq({\"method\":\"$method\"}\\n); $s->flush; print <$s> }",
                tower.paths().socket().toString(),
                "app.preflight",
                "app.hello",
                "app.dashboard",
                "app.foo.bar",
                "ping");
        List<String> lines = answers.lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.subList(0, 4)).allMatch(line -> line.contains("\"host_only\""));
        assertThat(lines.get(4)).contains("\"ok\":true");
    }

    private static void soon(int seconds, BooleanSupplier condition) {
        // The promise is the given time on a machine that has time to spare; twice that is still no accident.
        await().atMost(Duration.ofSeconds(2L * seconds))
                .pollInterval(Duration.ofMillis(100))
                .until(condition::getAsBoolean);
    }

    private long activePanes(Bench bench) {
        JsonNode panes = tower.call(
                        "list_panes",
                        Map.of("active_only", true, "container", bench.id().value()))
                .path("result")
                .path("panes");
        return panes.size();
    }

    private boolean isActive(Bench bench) {
        for (JsonNode container : tower.call("list_containers", Map.of("active_only", true))
                .path("result")
                .path("containers")) {
            if (container.path("id").asText().equals(bench.id().value())) {
                return true;
            }
        }
        return false;
    }
}
