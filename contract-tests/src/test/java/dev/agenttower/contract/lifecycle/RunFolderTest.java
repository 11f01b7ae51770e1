package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder that a container mounts: both sockets by a second name, and nothing else. */
final class RunFolderTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Path run() {
        return tower.paths().runDir();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(run())) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private void assertReachable(Path socket) {
        CommandResult status =
                tower.with("AGENTTOWER_SOCKET", socket.toString()).run("status");
        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.outLines()).contains("pid=" + tower.pid());
        tower.without("AGENTTOWER_SOCKET");
    }

    @Test
    void holds_both_sockets_and_nothing_else() throws IOException {
        tower.start();
        assertThat(names()).containsExactlyInAnyOrder("agenttowerd.sock", "agenttowerd-http.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run())))
                .isEqualTo("rwx------");
        for (Path socket : new Path[] {tower.paths().socket(), tower.paths().httpSocket()}) {
            Path second = run().resolve(socket.getFileName());
            assertThat(Files.isSymbolicLink(second)).isFalse();
            assertThat(Files.readAttributes(second, "unix:ino", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(Files.readAttributes(socket, "unix:ino", LinkOption.NOFOLLOW_LINKS));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second, LinkOption.NOFOLLOW_LINKS)))
                    .isEqualTo("rw-------");
        }
        assertReachable(tower.paths().socket());
        assertReachable(run().resolve("agenttowerd.sock"));
    }

    @Test
    void is_reached_by_long_paths_too() {
        tower.below("a-rather-long-name-of-a-folder/".repeat(6) + "home").start();
        assertReachable(run().resolve("agenttowerd.sock"));
    }

    @Test
    void is_empty_and_still_the_same_when_the_daemon_has_stopped() throws IOException {
        tower.start();
        Object folder = Files.getAttribute(run(), "unix:ino");
        tower.with("AGENTTOWER_SOCKET", run().resolve("agenttowerd.sock").toString());
        CommandResult stopped = tower.run("stop-daemon").orThrow();
        assertThat(stopped.out()).contains("socket=" + run().resolve("agenttowerd.sock"));
        tower.without("AGENTTOWER_SOCKET");
        assertThat(names()).isEmpty();
        assertThat(tower.paths().socket()).doesNotExist();
        tower.run("ensure-daemon").orThrow();
        assertThat(Files.getAttribute(run(), "unix:ino")).isEqualTo(folder);
        assertThat(names()).hasSize(2);
    }

    @Test
    void is_put_right_after_a_crash() throws IOException {
        tower.start();
        tower.kill();
        assertThat(names()).hasSize(2);
        tower.run("ensure-daemon").orThrow();
        assertReachable(run().resolve("agenttowerd.sock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "full directory", "open folder", "file in place of the folder"})
    void whatever_a_container_leaves_there_the_daemon_serves_the_host(String left) throws IOException {
        tower.init();
        Path second = run().resolve("agenttowerd.sock");
        if (left.equals("file in place of the folder")) {
            Files.writeString(run(), "");
        } else {
            Files.createDirectory(run());
            Files.setPosixFilePermissions(
                    run(), PosixFilePermissions.fromString(left.equals("open folder") ? "rwxrwxrwx" : "rwx------"));
        }
        Path precious = Files.writeString(tower.home().resolve("precious"), "precious");
        switch (left) {
            case "file" -> Files.writeString(second, "");
            case "link" -> Files.createSymbolicLink(second, precious);
            case "full directory" -> Files.createDirectories(second.resolve("full"));
            default -> {
                // nothing lies in the folder
            }
        }
        tower.run("ensure-daemon").orThrow();
        assertReachable(tower.paths().socket());
        assertThat(precious).hasContent("precious");
        if (left.equals("file") || left.equals("link")) {
            assertReachable(second);
        } else {
            assertThat(tower.log()).contains("containers cannot reach the daemon through " + run());
        }
        tower.stop();
    }
}
