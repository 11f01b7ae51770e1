package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A daemon that is to stop while a request of it waits for a lock that another process keeps. */
final class StuckRequestTest {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);
    private static final String EVENT =
            "{'event_id':'evt_stuck','ts':'2026-02-20T21:13:15Z','agent':'CLAUDE','role':'Developer',"
                    + "'action_type':'note','description':'d','spec_ref':null,'authorized':true}";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Process daemon;
    private Process lockHolder;
    private Thread request;

    @BeforeEach
    void let_a_request_wait_for_the_ledger() throws IOException {
        tower.init();
        daemon = tower.launchRaw("agenttowerd", "run");
        await().until(() -> tower.events().contains("daemon_ready"));
        GovernedFolder folder = GovernedFolder.create(tower);
        Path ledger = folder.path("_cortex/ads/events.jsonl");
        folder.post("/api/ads/log", EVENT.replace("evt_stuck", "evt_before")).has(200);
        lockHolder = new ProcessBuilder("flock", ledger.toString(), "sh", "-c", "echo held; exec cat").start();
        assertThat(lockHolder.inputReader().readLine()).isEqualTo("held");
        request = new Thread(() -> {
            try {
                folder.post("/api/ads/log", EVENT);
            } catch (RuntimeException | AssertionError e) {
                // That it is cut off is what this is about.
            }
        });
        request.start();
        // Who waits for the lock of a file holds the directory open.
        await().until(() -> hasOpen(ledger.getParent()));
    }

    @AfterEach
    void free_the_lock() throws InterruptedException {
        lockHolder.destroyForcibly().waitFor();
        tower.processes().forEach(ProcessHandle::destroyForcibly);
        request.join();
    }

    @Test
    void stop_daemon_returns_when_the_process_has_ended() throws InterruptedException {
        CommandResult stopped = tower.run("stop-daemon");
        assertThat(stopped.exitCode()).as(stopped.toString()).isZero();
        assertThat(stopped.took()).isLessThan(LONGEST_STOP);
        assertThat(daemon.waitFor()).isEqualTo(1);
        assertThat(tower.log())
                .contains("after a stop was asked for; ending at once")
                .contains("exit_code=1");
        assertReady(tower.run("ensure-daemon"));
    }

    @Test
    void a_second_signal_neither_hurries_nor_delays_the_end() throws IOException, InterruptedException {
        long before = System.nanoTime();
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder("kill", "-TERM", Long.toString(daemon.pid()))
                    .start()
                    .waitFor();
        }
        assertThat(daemon.waitFor()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofSeconds(2), LONGEST_STOP);
        assertThat(tower.log()).containsOnlyOnce("ending at once");
        assertReady(tower.run("ensure-daemon"));
    }

    @Test
    void ensure_daemon_waits_for_the_end_of_a_daemon_that_is_stopping() {
        RunningCommand stop = tower.launch("agenttower", "stop-daemon");
        await().until(() -> tower.events().contains("daemon_shutdown"));
        CommandResult ensured = tower.run("ensure-daemon");
        assertThat(tower.finish(stop).exitCode()).isZero();
        assertReady(ensured);
    }

    private void assertReady(CommandResult ensured) {
        assertThat(ensured.exitCode()).as(ensured.toString()).isZero();
        long pid = tower.call("status").path("result").path("pid").asLong();
        assertThat(ensured.out()).startsWith("agenttowerd ready: pid=" + pid + " ");
        assertThat(pid).isNotEqualTo(daemon.pid());
        assertThat(daemon.isAlive()).isFalse();
    }

    private boolean hasOpen(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(descriptor, file));
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
