package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
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
        Path proc = Path.of("/proc", String.valueOf(tower.pid()));
        Set<String> own = socketsOf(proc);
        assertThat(own).isNotEmpty();
        for (String family : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
            Path table = proc.resolve("net").resolve(family);
            if (Files.exists(table)) {
                assertThat(inodes(table)).as(family).doesNotContainAnyElementsOf(own);
            }
        }
    }

    private static Set<String> socketsOf(Path proc) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return ""; // closed in the meantime
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> inodes(Path table) throws IOException {
        Set<String> inodes = new HashSet<>();
        Files.readAllLines(table).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 9)
                .forEach(columns -> inodes.add(columns[9]));
        return inodes;
    }

    @Test
    void the_daemon_writes_nowhere_but_into_its_state_folder() throws IOException {
        tower.start();
        tower.call("scan_containers");
        tower.run("status").orThrow();
        Path proc = Path.of("/proc", String.valueOf(tower.pid()));
        // The programs are read from wherever the clone lies, which may be below /tmp.
        String clone = Programs.root().toString();
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            assertThat(descriptors.map(QuietDaemonTest::target))
                    .filteredOn(target -> target.startsWith("/tmp/") && !target.startsWith(clone))
                    .allMatch(
                            target -> target.startsWith(tower.paths().stateDir().toString()));
        }
        assertThat(Files.readAllLines(proc.resolve("maps")))
                .filteredOn(line -> line.contains("/tmp/") && !line.contains(clone))
                .allMatch(line -> line.contains(tower.paths().stateDir().toString()));
        assertThat(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), String.valueOf(tower.pid())))
                .doesNotExist();
        assertThat(Files.readSymbolicLink(proc.resolve("cwd"))).isEqualTo(Path.of("/"));
    }
}
