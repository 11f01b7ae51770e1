package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import dev.agenttower.contract.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StartAndStopTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    @Test
    void both_programs_tell_the_same_version_and_touch_nothing() throws IOException {
        CommandResult client = tower.runProcess("--version").orThrow();
        CommandResult daemon =
                tower.finish(tower.launch("agenttowerd", "--version")).orThrow();
        assertThat(client.out()).isEqualTo("agenttower 0.1.0\n");
        assertThat(daemon.out()).isEqualTo("agenttowerd 0.1.0\n");
        try (var files = Files.list(tower.home())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void the_daemon_without_argument_prints_its_help() {
        CommandResult help = tower.finish(tower.launch("agenttowerd")).orThrow();
        assertThat(help.out()).startsWith("usage: agenttowerd").contains("run").contains("--version");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void the_daemon_refuses_other_arguments_with_its_usage() {
        CommandResult refused = tower.finish(tower.launch("agenttowerd", "walk"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).startsWith("usage: agenttowerd").endsWith("unrecognized arguments: walk\n");
    }

    @Test
    void a_started_daemon_answers_and_has_private_files() throws IOException {
        tower.start();
        JsonNode status = tower.call("status").path("result");
        assertThat(status.path("alive").asBoolean()).isTrue();
        assertThat(status.path("pid").asLong()).isEqualTo(tower.pid());
        assertThat(status.path("socket_path").asText())
                .isEqualTo(tower.paths().socket().toString());
        assertThat(status.path("state_path").asText())
                .isEqualTo(tower.paths().stateDir().toString());
        assertThat(status.path("schema_version").asInt()).isEqualTo(8);
        assertThat(status.path("daemon_version").asText()).isEqualTo("0.1.0");
        for (Path file : List.of(
                tower.paths().socket(),
                tower.paths().pidFile(),
                tower.paths().lock(),
                tower.paths().daemonLog())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
        assertThat(tower.events()).containsExactly("daemon_starting", "daemon_ready");
    }

    @Test
    void a_stopped_daemon_leaves_neither_socket_nor_pid_file() {
        tower.start();
        ProcessHandle daemon = tower.handle();
        tower.stop();
        assertThat(tower.paths().socket()).doesNotExist();
        assertThat(tower.paths().pidFile()).doesNotExist();
        assertThat(tower.paths().lock()).exists();
        DaemonProcess.awaitEnd(daemon);
        assertThat(tower.events())
                .containsExactly("daemon_starting", "daemon_ready", "daemon_shutdown", "daemon_exited");
        assertThat(tower.log()).contains("\ttrigger=api\n").contains("\texit_code=0\n");
    }

    @Test
    void a_daemon_can_be_started_again_at_once() {
        tower.start();
        long first = tower.pid();
        for (int i = 0; i < 3; i++) {
            tower.stop();
            CommandResult again = tower.run("ensure-daemon").orThrow();
            assertThat(tower.pid()).isNotEqualTo(first);
            assertThat(again.took()).isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,sigterm", "INT,sigint"})
    void a_signal_stops_the_daemon_gracefully(String signal, String trigger) throws IOException {
        tower.start();
        ProcessHandle daemon = tower.handle();
        new ProcessBuilder("kill", "-" + signal, String.valueOf(daemon.pid())).start();
        DaemonProcess.awaitEnd(daemon);
        assertThat(tower.paths().socket()).doesNotExist();
        assertThat(tower.paths().pidFile()).doesNotExist();
        assertThat(tower.log()).contains("event=daemon_shutdown\ttrigger=" + trigger + "\n");
    }

    @Test
    void a_daemon_in_the_foreground_exits_with_zero_on_sigterm_and_survives_sighup() throws IOException {
        tower.init();
        RunningCommand daemon = tower.launch("agenttowerd", "run");
        await().until(() -> tower.events().contains("daemon_ready"));
        new ProcessBuilder("kill", "-HUP", String.valueOf(daemon.process().pid())).start();
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
        daemon.process().destroy();
        CommandResult end = tower.finish(daemon);
        assertThat(end.exitCode()).isZero();
        assertThat(end.out()).isEmpty();
        assertThat(end.err()).isEmpty();
    }

    @Test
    void a_second_daemon_exits_with_two() {
        tower.start();
        CommandResult second = tower.finish(tower.launch("agenttowerd", "run"));
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).isEqualTo("error: another agenttowerd is already running for this state directory\n");
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
    }

    @Test
    void five_clients_at_once_start_one_daemon() throws IOException {
        tower.init();
        List<RunningCommand> commands = IntStream.range(0, 5)
                .mapToObj(i -> tower.launch("agenttower", "ensure-daemon", "--json"))
                .toList();
        for (RunningCommand command : commands) {
            CommandResult result = tower.finish(command).orThrow();
            assertThat(new ObjectMapper().readTree(result.out()).path("pid").asLong())
                    .isEqualTo(tower.pid());
        }
        assertThat(tower.events()).filteredOn("daemon_ready"::equals).hasSize(1);
    }

    /** A daemon that takes its time until it has its lock; returns a file that exists once it is launched. */
    private Path slowDaemon(String seconds) throws IOException {
        Path slow = tower.home().resolve("slow");
        Path launched = tower.home().resolve("launched");
        Files.writeString(
                slow,
                "#!/bin/sh\n: >%s\nsleep %s\nexec %s \"$@\"\n"
                        .formatted(launched, seconds, Programs.REAL.launcher("agenttowerd")));
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));
        tower.with("AGENTTOWERD", slow.toString());
        return launched;
    }

    @Test
    void a_daemon_that_is_being_started_is_stopped() throws IOException {
        tower.init();
        Path launched = slowDaemon("2");
        RunningCommand start = tower.launch("agenttower", "ensure-daemon");
        await().until(() -> Files.exists(launched));
        tower.run("stop-daemon").orThrow();
        tower.finish(start);
        assertThat(tower.processes()).isEmpty();
        assertThat(tower.events()).contains("daemon_ready", "daemon_exited");
    }

    @Test
    void a_daemon_that_was_launched_and_has_no_lock_yet_is_stopped() {
        tower.init();
        RunningCommand daemon = tower.launch("agenttowerd", "run");
        tower.run("stop-daemon").orThrow();
        assertThat(tower.finish(daemon).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "agenttowerd.start", "agenttowerd.lock"})
    void ready_is_said_of_a_daemon_that_answered_whoever_stops_it(String fileOfTheStart) throws IOException {
        tower.init();
        slowDaemon("0.2");
        RunningCommand start = tower.launch("agenttower", "ensure-daemon");
        await().until(() -> Files.exists(tower.paths().stateDir().resolve(fileOfTheStart)));
        CommandResult stop = tower.run("stop-daemon");
        CommandResult end = tower.finish(start);
        assertThat(end.exitCode() == 0).as(end.toString()).isEqualTo(end.out().startsWith("agenttowerd ready: pid="));
        assertThat(stop.exitCode()).as(stop.toString()).isIn(0, 2);
        assertThat(tower.run("status").exitCode() == 0)
                .as("alive after %s %s", end, stop)
                .isEqualTo(stop.exitCode() == 2);
    }

    @Test
    void long_paths_work_from_a_deep_working_directory() throws IOException {
        tower.below(("a-rather-long-name-of-a-folder/".repeat(8)) + "home").start();
        assertThat(tower.paths().socket().toString()).hasSizeGreaterThan(250);
        tower.run("status").orThrow();
        tower.stop();
        assertThat(tower.paths().socket()).doesNotExist();
        try (var files = Files.list(tower.home())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".config", ".local", ".cache");
        }
    }

    @Test
    void the_launchers_work_through_links() throws IOException {
        Path links = Files.createDirectories(tower.home().resolve("links"));
        Path link = Files.createSymbolicLink(links.resolve("tower"), Programs.REAL.launcher("agenttower"));
        Process process = new ProcessBuilder(link.toString(), "--version").start();
        assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("agenttower 0.1.0\n");
    }
}
