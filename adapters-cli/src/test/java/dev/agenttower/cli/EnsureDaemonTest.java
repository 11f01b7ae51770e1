package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsureDaemonTest {
    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void initialise() {
        world = new CliWorld(folder);
        world.run("config", "init");
    }

    @AfterEach
    void end_what_was_started() throws IOException {
        if (Files.exists(world.paths().pidFile())) {
            long pid = Long.parseLong(Files.readString(world.paths().pidFile()).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Makes a script the daemon; {@code $S} is the state directory. */
    private void daemonIs(String... lines) throws IOException {
        Path program = folder.resolve("d");
        Files.writeString(
                program,
                "#!/bin/sh\nS=" + world.paths().stateDir() + "\necho \"$@\" >> " + folder + "/starts\n"
                        + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        world.environment.put("AGENTTOWERD", program.toString());
    }

    /** A daemon that becomes ready at once: its socket leads to one that answers already. */
    private FakeDaemon daemonThatStarts() throws IOException {
        FakeDaemon answering = new FakeDaemon(folder.resolve("real.sock"));
        daemonIs("echo $$ > $S/agenttowerd.pid", "ln -s " + folder + "/real.sock $S/agenttowerd.sock", "exec sleep 60");
        return answering;
    }

    private List<String> starts() throws IOException {
        Path starts = folder.resolve("starts");
        return Files.exists(starts) ? Files.readAllLines(starts) : List.of();
    }

    @Test
    void a_running_daemon_is_left_alone() throws IOException {
        try (FakeDaemon daemon = world.daemon()) {
            Files.setPosixFilePermissions(world.paths().stateDir(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(world.paths().pidFile(), "42\n");

            assertThat(world.run("ensure-daemon", "--json"))
                    .isEqualTo(new Run(
                            0,
                            "{\"ok\": true, \"started\": false, \"pid\": 77, \"socket_path\": \""
                                    + world.paths().socket() + "\", \"state_path\": \""
                                    + world.paths().stateDir() + "\"}\n",
                            ""));
            assertThat(daemon.methods()).containsExactly("ping", "status");
            Files.delete(world.paths().pidFile());
        }
    }

    @Test
    void an_error_is_an_answer_too() throws IOException {
        try (FakeDaemon daemon = world.daemon().refusing("ping", "internal_error", "oh")) {
            assertThat(world.run("ensure-daemon").out())
                    .isEqualTo("agenttowerd ready: pid=77 socket="
                            + world.paths().socket() + " state=" + world.paths().stateDir() + "\n");
            assertThat(daemon.methods()).containsExactly("ping", "status");
        }
    }

    @Test
    void the_pid_file_tells_of_a_daemon_whose_status_fails() throws IOException {
        try (FakeDaemon daemon = world.daemon().refusing("status", "internal_error", "oh")) {
            Files.writeString(world.paths().pidFile(), "42\n");
            assertThat(world.run("ensure-daemon").out()).startsWith("agenttowerd ready: pid=42 ");
            assertThat(daemon.methods()).containsExactly("ping", "status");
            Files.delete(world.paths().pidFile());
        }
    }

    @Test
    void a_daemon_that_is_about_to_end_is_not_ready() throws IOException {
        try (FakeDaemon daemon = world.daemon().refusing("ping", "daemon_shutting_down", "bye")) {
            daemonIs("exit 1");
            assertThat(world.run("ensure-daemon").status()).isEqualTo(2);
            assertThat(starts()).hasSize(1);
            assertThat(daemon.methods()).containsOnly("ping");
        }
    }

    @Test
    void starts_the_daemon_in_a_session_of_its_own_and_waits_for_it() throws IOException {
        try (FakeDaemon daemon = daemonThatStarts()) {
            Run run = world.run("ensure-daemon", "--json");

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("{\"ok\": true, \"started\": true, \"pid\": ");
            assertThat(starts()).containsExactly("run");
            String pid = Files.readString(world.paths().pidFile()).strip();
            String[] stat = Files.readString(Path.of("/proc", pid, "stat")).split(" ");
            assertThat(stat[5]).as("session").isEqualTo(pid);
            assertThat(Files.exists(world.paths().stateDir().resolve("agenttowerd.start")))
                    .isFalse();
            assertThat(daemon.methods()).isNotEmpty().containsOnly("ping", "status");
        }
    }

    @Test
    void several_at_once_start_one_daemon() throws Exception {
        try (FakeDaemon daemon = daemonThatStarts()) {
            ExecutorService callers = Executors.newFixedThreadPool(5);
            try {
                List<Future<Run>> runs = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    runs.add(callers.submit(() -> world.run("ensure-daemon")));
                }
                for (Future<Run> run : runs) {
                    assertThat(run.get().status()).isZero();
                }
            } finally {
                callers.shutdown();
            }
            assertThat(starts()).hasSize(1);
            assertThat(daemon.methods()).containsOnly("ping", "status");
        }
    }

    @Test
    void says_why_a_daemon_ended() throws IOException {
        Files.writeString(world.paths().daemonLog(), "error: of yesterday\n");
        Files.setPosixFilePermissions(world.paths().daemonLog(), PosixFilePermissions.fromString("rw-------"));
        daemonIs(
                "echo noise",
                "echo 'error: socket path is not a unix socket: /s: refusing to remove fifo' >&2",
                "exit 1");

        assertThat(world.run("ensure-daemon", "--json"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: agenttowerd exited before ready (code=1); "
                                + world.paths().daemonLog()
                                + " says:\nerror: socket path is not a unix socket: /s: refusing to remove fifo\n"));
    }

    @Test
    void shows_the_last_lines_of_a_daemon_that_names_no_error() throws IOException {
        daemonIs("seq 1 20", "exit 7");

        assertThat(world.run("ensure-daemon").err())
                .contains("(code=7)")
                .endsWith(":\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n");
    }

    @Test
    void starts_again_when_the_lock_was_lost_to_a_daemon_that_then_ended() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(folder.resolve("real.sock"))) {
            daemonIs(
                    "[ $(wc -l < " + folder + "/starts) -eq 1 ] && exit 2",
                    "echo $$ > $S/agenttowerd.pid",
                    "ln -s " + folder + "/real.sock $S/agenttowerd.sock",
                    "exec sleep 60");

            assertThat(world.run("ensure-daemon").status()).isZero();
            assertThat(starts()).hasSize(2);
            assertThat(daemon.methods()).isNotEmpty();
        }
    }

    @Test
    void replaces_a_daemon_that_left_its_socket_behind() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(world.paths().socket()));
        }
        try (FakeDaemon daemon = new FakeDaemon(folder.resolve("real.sock"))) {
            daemonIs(
                    "echo $$ > $S/agenttowerd.pid",
                    "ln -sf " + folder + "/real.sock $S/agenttowerd.sock",
                    "exec sleep 60");

            assertThat(world.run("ensure-daemon").status()).isZero();
            assertThat(daemon.methods()).isNotEmpty();
        }
    }

    @Test
    void names_a_program_that_cannot_be_started() throws IOException {
        world.environment.put("AGENTTOWERD", folder.resolve("missing").toString());

        Run run = world.run("ensure-daemon");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("error: ")
                .contains(folder.resolve("missing").toString());
    }

    @Test
    void needs_a_registry() throws IOException {
        Files.delete(world.paths().database());

        assertThat(world.run("ensure-daemon"))
                .isEqualTo(new Run(1, "", "error: agenttower is not initialized: run `agenttower config init`\n"));
    }

    @Test
    void refuses_folders_and_locks_that_others_may_use() throws IOException {
        Files.setPosixFilePermissions(world.paths().logsDir(), PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(world.run("ensure-daemon"))
                .isEqualTo(new Run(
                        1,
                        "",
                        "error: unsafe permissions on " + world.paths().logsDir()
                                + ": mode is 0o750, expected 0o700\n"));

        Files.setPosixFilePermissions(world.paths().logsDir(), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(world.paths().lock(), "");
        Files.setPosixFilePermissions(world.paths().lock(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(world.run("ensure-daemon").err())
                .isEqualTo("error: acquire lock: " + world.paths().lock() + ": mode is 0o644, expected 0o600\n");
    }
}
