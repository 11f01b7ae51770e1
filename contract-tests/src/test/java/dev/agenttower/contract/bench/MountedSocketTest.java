package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real bench that reaches the daemon through what it has mounted at {@code /run/agenttower}. */
@Tag("docker")
final class MountedSocketTest {
    private static final String MOUNT_POINT = "/run/agenttower";
    private static final String PROGRAM = Programs.REAL.launcher("agenttower").toString();

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private BenchLab lab;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
        tower.start();
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private Bench bench(Path mounted) {
        return lab.upWithPrograms("mounted-bench", mounted, MOUNT_POINT);
    }

    private static String sh(Bench bench, String line) {
        return bench.execAs("0", "sh", "-c", line);
    }

    private void assertRegistersItself(Bench bench) {
        sh(
                bench,
                "tmux -f /dev/null new-session -d -s work '" + PROGRAM + " register-self --role slave >/tmp/out 2>&1; "
                        + "echo ended $? >>/tmp/out; sleep 600'");
        await().atMost(Duration.ofSeconds(50))
                .until(() -> sh(bench, "cat /tmp/out || :").contains("ended"));
        assertThat(sh(bench, "cat /tmp/out")).contains("ended 0");
        JsonNode agents = tower.call("list_agents").path("result").path("agents");
        assertThat(agents).hasSize(1);
        assertThat(agents.path(0).path("container_id").asText())
                .isEqualTo(bench.id().value());
        assertThat(sh(bench, PROGRAM + " config paths"))
                .contains("SOCKET=" + MOUNT_POINT + "/agenttowerd.sock\n", "SOCKET_SOURCE=mounted_default\n");
    }

    @Test
    void a_bench_that_mounts_the_run_folder_registers_itself_and_sees_nothing_else() {
        Bench bench = bench(tower.paths().runDir());
        assertRegistersItself(bench);
        assertThat(sh(bench, "ls -A " + MOUNT_POINT).lines())
                .containsExactlyInAnyOrder("agenttowerd.sock", "agenttowerd-http.sock");
        assertThat(sh(
                        bench,
                        "find / -xdev -name 'agenttower.sqlite3*' -o -xdev -name operator-passphrase.json; echo none"))
                .isEqualTo("none\n");
        assertThat(sh(bench, "ls " + tower.paths().stateDir() + " 2>/dev/null || echo hidden"))
                .isEqualTo("hidden\n");
        assertThat(sh(bench, "rm " + MOUNT_POINT + "/agenttowerd.sock 2>/dev/null || echo refused"))
                .isEqualTo("refused\n");
        assertThat(sh(bench, PROGRAM + " whoami 2>&1 || :")).contains("not_on_host");
        assertReachesNoPaneOfTheHost(bench);

        tower.stop();
        tower.run("ensure-daemon").orThrow();
        assertThat(sh(bench, PROGRAM + " status"))
                .as("the mount outlives the daemon")
                .contains("pid=" + tower.pid());
    }

    private void assertReachesNoPaneOfTheHost(Bench bench) {
        tower.shell("tmux -f /dev/null new-session -d -s own cat && agenttower scan --panes"
                        + " && agenttower adopt --pane own:0.0 --role slave --label of-the-host --attach-log")
                .orThrow();
        try {
            for (String command : List.of(
                    "attach-log --target of-the-host --log " + tower.home() + "/secret",
                    "attach-log --target of-the-host --preview 5",
                    "detach-log --target of-the-host",
                    "set-label --target of-the-host --label stolen")) {
                assertThat(sh(bench, PROGRAM + " " + command + " 2>&1 || :"))
                        .as(command)
                        .contains("not one of the container that the caller runs in");
            }
        } finally {
            tower.shell("tmux kill-server");
        }
    }

    @Test
    void a_bench_that_mounts_the_whole_state_folder_still_registers_itself() {
        assertRegistersItself(bench(tower.paths().stateDir()));
    }
}
