package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Descriptors;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QuietDaemonTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    @Test
    void a_daemon_that_is_only_asked_changes_no_file_but_its_log() throws IOException {
        tower.start();
        Map<String, String> before = contents();
        var first = tower.launch("agenttower", "config", "doctor");
        var second = tower.launch("agenttower", "config", "doctor", "--json");
        tower.finish(first);
        tower.finish(second);
        tower.run("status").orThrow();
        tower.run("list-panes").orThrow();
        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tower.home())) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file) && !file.equals(tower.paths().daemonLog())) {
                    contents.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                } else {
                    contents.put(file.toString(), "");
                }
            }
        }
        return contents;
    }

    @Test
    void the_daemon_has_no_socket_but_those_of_the_unix_family() throws IOException {
        tower.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}").start();
        tower.call("scan_containers");
        tower.call("scan_panes");
        tower.call("app.preflight");
        assertThat(Descriptors.sockets(tower.pid())).isNotEmpty();
        assertThat(Descriptors.internetSockets(tower.pid())).isEmpty();
    }

    @Test
    void the_daemon_writes_nowhere_but_into_its_state_folder() throws IOException {
        tower.start();
        tower.call("scan_containers");
        tower.run("status").orThrow();
        Path proc = Path.of("/proc", String.valueOf(tower.pid()));
        // The programs are read from wherever the clone lies, which may be below /tmp.
        String clone = Programs.root().toString();
        assertThat(Descriptors.targets(tower.pid()))
                .filteredOn(target -> target.startsWith("/tmp/") && !target.startsWith(clone))
                .allMatch(target -> target.startsWith(tower.paths().stateDir().toString()));
        assertThat(Files.readAllLines(proc.resolve("maps")))
                .filteredOn(line -> line.contains("/tmp/") && !line.contains(clone))
                .allMatch(line -> line.contains(tower.paths().stateDir().toString()));
        assertThat(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), String.valueOf(tower.pid())))
                .doesNotExist();
        assertThat(Files.readSymbolicLink(proc.resolve("cwd"))).isEqualTo(Path.of("/"));
    }
}
