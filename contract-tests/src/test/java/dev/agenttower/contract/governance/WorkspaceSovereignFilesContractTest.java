package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.governance.drift.FileSnapshot;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.workspace.drift.WorkspaceSovereignFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceSovereignFilesContractTest extends SovereignFilesContract {
    @TempDir
    Path root;

    private SovereignFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new WorkspaceSovereignFiles(new WorkspaceTree(root), InstantSource.system());
    }

    @Override
    SovereignFiles files() {
        return files;
    }

    @Override
    void write(String path, String text) {
        new EditedFolder(root).write(path, text);
    }

    @Override
    void delete(String path) {
        new EditedFolder(root).delete(path);
    }

    @Override
    void link(String path, String target) {
        new EditedFolder(root).link(path, target);
    }

    @Test
    void a_change_shows_even_if_its_time_is_forged_and_what_was_read_is_remembered() throws IOException {
        // by this clock, everything was written long ago and need not be read again
        files = new WorkspaceSovereignFiles(
                new WorkspaceTree(root), InstantSource.offset(Clock.systemUTC(), Duration.ofDays(1)));
        forge("one");
        assertThat(files.snapshot(List.of("file")).files().get("file")).isEqualTo(fingerprint("one"));
        FileTime first = changed();
        await().until(() -> {
            forge("two");
            return !changed().equals(first);
        });
        assertThat(files.snapshot(List.of("file")).files().get("file")).isEqualTo(fingerprint("two"));
    }

    private void forge(String text) throws IOException {
        write("file", text);
        Files.setLastModifiedTime(root.resolve("file"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private FileTime changed() throws IOException {
        return (FileTime) Files.getAttribute(root.resolve("file"), "unix:ctime");
    }

    @Test
    void what_is_no_file_or_too_large_is_told_apart_from_files() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (RandomAccessFile large = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
            large.setLength(1L << 40);
        }
        FileSnapshot snapshot = files.snapshot(List.of("pipe", "large"));
        assertThat(snapshot.files().get("pipe")).isEqualTo(new Fingerprint(null, "no regular file"));
        assertThat(snapshot.files().get("large").note()).startsWith("too large to be read, 1099511627776 bytes");
        assertThat(snapshot.unknown()).isEmpty();
    }

    @Test
    void below_a_file_there_is_nothing_and_below_a_link_in_circles_neither() throws IOException {
        write("config", "a file");
        Files.createSymbolicLink(root.resolve(".claude"), Path.of(".claude"));
        assertThat(files.snapshot(List.of("config/specs.json", ".claude/settings.json")))
                .isEqualTo(new FileSnapshot(Map.of(), Set.of()));
    }

    @Test
    void a_tree_deeper_than_any_path_may_be_silences_nothing_else() throws Exception {
        write("many/one", "1");
        String half = "/d".repeat(1500);
        Files.createDirectories(root.resolve("many" + half));
        Files.createDirectories(root.resolve("more" + half));
        Files.move(root.resolve("more"), root.resolve("many" + half + "/d"));
        try {
            FileSnapshot snapshot = files.snapshot(List.of("many"));
            assertThat(snapshot.files()).containsOnlyKeys("many/one");
            assertThat(snapshot.unknown()).containsExactly("many" + "/d".repeat(257));
        } finally {
            shell("rm -rf many"); // JUnit cannot
        }
    }

    @Test
    void what_is_closed_to_the_daemon_is_unknown_and_silences_nothing_else() throws Exception {
        assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
        write("secrets/one", "1");
        write("secrets/closed/two", "2");
        write("secrets/unsearchable/three", "3");
        shell("chmod 000 secrets/closed; chmod 400 secrets/unsearchable");
        try {
            FileSnapshot snapshot = files.snapshot(List.of("secrets", "secrets/closed/two"));
            assertThat(snapshot.files()).containsOnlyKeys("secrets/one");
            assertThat(snapshot.unknown())
                    .containsExactlyInAnyOrder("secrets/closed", "secrets/closed/two", "secrets/unsearchable/three");
        } finally {
            shell("chmod 700 secrets/*");
        }
    }

    @Test
    void what_vanishes_while_it_is_looked_at_is_not_unknown() throws Exception {
        write("secrets/one", "1");
        Process busy = new ProcessBuilder(
                        "sh",
                        "-c",
                        "until [ -e ../stop ]; do mkdir -p d/e; echo 1 > d/e/f; ln -s x d/l; rm -rf d; done 2> /dev/null")
                .directory(root.resolve("secrets").toFile())
                .start();
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(files.snapshot(List.of("secrets")).unknown()).isEmpty();
            }
        } finally {
            Files.createFile(root.resolve("stop"));
            busy.waitFor();
        }
    }

    private void shell(String command) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", command)
                        .directory(root.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void of_a_directory_with_very_many_files_only_that_is_told() throws IOException {
        Files.createDirectory(root.resolve("many"));
        for (int i = 0; i <= 10_000; i++) {
            Files.createFile(root.resolve("many/" + i));
        }
        write("file", "one");
        FileSnapshot snapshot = files.snapshot(List.of("file", "many"));
        assertThat(snapshot.files()).containsOnlyKeys("file");
        assertThat(snapshot.overfull()).containsExactly("many");
        assertThat(snapshot.unknown()).isEmpty();
    }
}
