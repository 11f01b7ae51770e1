package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.RunningCommand;
import dev.agenttower.daemon.lifecycle.StartStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CrashTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    @ParameterizedTest
    @EnumSource
    void a_daemon_killed_at_any_step_of_its_start_does_not_keep_the_next_one_from_starting(StartStep step)
            throws IOException, InterruptedException {
        String name = step.name().toLowerCase(Locale.ROOT);
        tower.init().with("AGENTTOWER_TEST_HALT_AFTER", name);
        Process halting = tower.launchRaw("agenttowerd", "run");
        try (BufferedReader err = halting.errorReader()) {
            assertThat(err.readLine()).isEqualTo("halted after " + name);
        }
        halting.destroyForcibly().waitFor();

        tower.without("AGENTTOWER_TEST_HALT_AFTER").run("ensure-daemon").orThrow();
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
        assertThat(tower.pid()).isNotEqualTo(halting.pid());
        assertThat(tower.call("status").path("result").path("pid").asLong()).isEqualTo(tower.pid());
    }

    @Test
    void a_killed_daemon_is_replaced_and_its_leftovers_are_reported() {
        tower.start();
        long first = tower.pid();
        tower.kill();
        assertThat(tower.paths().socket()).exists();
        assertThat(tower.paths().pidFile()).exists();
        tower.run("ensure-daemon").orThrow();
        assertThat(tower.pid()).isNotEqualTo(first);
        assertThat(tower.events())
                .containsSubsequence("daemon_starting", "daemon_recovering", "daemon_recovering", "daemon_ready");
        assertThat(tower.log()).contains("reason=stale_socket").contains("reason=stale_pid");
    }

    @Test
    void a_pid_file_alone_says_nothing_about_life() throws IOException {
        tower.init();
        Files.writeString(tower.paths().pidFile(), "1\n");
        Files.setPosixFilePermissions(tower.paths().pidFile(), PosixFilePermissions.fromString("rw-------"));
        tower.run("ensure-daemon").orThrow();
        assertThat(tower.pid()).isNotEqualTo(1);
    }

    @Test
    void a_client_that_waits_for_a_hanging_start_gives_up_and_leaves_no_daemon() {
        tower.init().with("AGENTTOWER_TEST_HALT_AFTER", "bound");
        RunningCommand waiting = tower.launch("agenttower", "ensure-daemon");
        assertThat(tower.finish(waiting).exitCode()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(tower.processes()).isEmpty());
        assertThat(tower.log()).contains("still STARTING 4 s after a stop was asked for; ending at once");
    }
}
