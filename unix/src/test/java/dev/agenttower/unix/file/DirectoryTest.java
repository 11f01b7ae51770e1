package dev.agenttower.unix.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    private static final byte[] CONTENT = "x".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path temporary;

    private Path folder;
    private Path outside;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectory(temporary.resolve("project"));
        outside = Files.createDirectory(temporary.resolve("outside"));
    }

    @Test
    void creates_what_is_missing_on_the_way() throws IOException {
        Directory.create(folder.resolve("a/b/c"), folder).close();
        assertThat(folder.resolve("a/b/c")).isDirectory();
        Directory.create(folder.resolve("a/b/c"), folder).close();
        assertThatThrownBy(() -> Directory.open(folder.resolve("a/d"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void creates_nothing_where_the_base_is_gone() {
        Path moved = temporary.resolve("moved");
        for (Path path : List.of(moved, moved.resolve("a/b"))) {
            assertThatThrownBy(() -> Directory.create(path, moved)).isInstanceOf(NoSuchFileException.class);
        }
        assertThat(moved).doesNotExist();
    }

    @Test
    void no_part_of_its_path_may_be_a_link_nor_a_file() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createFile(folder.resolve("file"));
        for (String path : List.of("link", "link/new")) {
            assertThatThrownBy(() -> Directory.open(folder.resolve(path))).isInstanceOf(LinkedPathException.class);
            assertThatThrownBy(() -> Directory.create(folder.resolve(path), folder))
                    .isInstanceOf(LinkedPathException.class);
        }
        assertThatThrownBy(() -> Directory.create(folder.resolve("file/new"), folder))
                .hasMessageContaining("Not a directory");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void what_is_done_in_it_is_done_there_wherever_its_path_leads() throws IOException {
        Files.writeString(outside.resolve("kept"), "x");
        Path moved = folder.resolve("moved");
        try (Directory directory = Directory.create(folder.resolve("a"), folder)) {
            Files.move(folder.resolve("a"), moved);
            Files.createSymbolicLink(folder.resolve("a"), outside);

            directory.replace("new", CONTENT);
            directory.writeIfMissing("other", CONTENT);
            directory.rename("other", "kept");
            assertThat(moved.resolve("new")).hasContent("x");
            directory.deleteTree("kept");
        }
        assertThat(directoryOf(moved)).containsExactly("new");
        assertThat(directoryOf(outside)).containsExactly("kept");
    }

    @Test
    void deletes_all_below_but_of_links_only_the_links() throws IOException {
        Files.createDirectories(folder.resolve("a/b/c"));
        Files.createFile(folder.resolve("a/b/\u00e9"));
        Files.createFile(outside.resolve("kept"));
        Files.createSymbolicLink(folder.resolve("a/b/link"), outside);
        SpecialFile.FIFO.create(folder.resolve("a/pipe"));
        try (Directory directory = Directory.open(folder)) {
            directory.deleteTree("a");
            assertThat(directory.names()).isEmpty();
            assertThatThrownBy(() -> directory.deleteTree("a")).isInstanceOf(NoSuchFileException.class);
        }
        assertThat(directoryOf(outside)).containsExactly("kept");
    }

    @Test
    void replaces_a_file_with_its_mode_and_a_link_without_touching_what_it_leads_to() throws IOException {
        Path target = Files.writeString(outside.resolve("target"), "kept");
        Files.createSymbolicLink(folder.resolve("link"), target);
        Path script = Files.createFile(folder.resolve("run"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
        try (Directory directory = Directory.open(folder)) {
            directory.replace("run", CONTENT);
            directory.replace("link", CONTENT);
            assertThat(directory.names()).containsExactlyInAnyOrder("run", "link");
            assertThat(directory.kind("link")).isEqualTo(FileKind.FILE);
            assertThat(directory.kind("none")).isNull();
        }
        assertThat(script).hasContent("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x--x");
        assertThat(target).hasContent("kept");
    }

    @Test
    void writes_where_there_is_nothing_and_only_there() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        try (Directory directory = Directory.open(folder)) {
            assertThat(directory.writeIfMissing("a", CONTENT)).isTrue();
            assertThat(directory.writeIfMissing("a", new byte[0])).isFalse();
            assertThat(directory.writeIfMissing("link", CONTENT)).isFalse();
            assertThat(directory.names()).containsExactlyInAnyOrder("a", "link");
        }
        assertThat(folder.resolve("a")).hasContent("x");
    }

    @Test
    void a_name_is_one_name() throws IOException {
        try (Directory directory = Directory.open(folder)) {
            for (String name : List.of("", ".", "..", "a/b", "/a")) {
                assertThatIllegalArgumentException().isThrownBy(() -> directory.deleteTree(name));
                assertThatIllegalArgumentException().isThrownBy(() -> directory.read(name));
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Directory.open(Path.of("a")));
    }

    @Test
    void a_locked_file_is_locked_for_every_other_opening() throws IOException {
        try (Directory directory = Directory.open(folder)) {
            try (LockedFile file = directory.createLocked("a")) {
                assertThat(directory.lock("a")).isNull();
                assertThat(file.path()).isRegularFile();
                assertThatThrownBy(() -> directory.createLocked("a")).isInstanceOf(FileAlreadyExistsException.class);
            }
            try (LockedFile again = directory.lockToWrite("a")) {
                assertThat(again).isNotNull();
            }
        }
    }

    @Test
    void removes_what_killed_writers_left_and_nothing_else() throws IOException {
        List<String> others =
                List.of("a.tmp", ".a.tmp", ".a.0123.tmp", "a.0123456789abcdef.tmp", ".x.0123456789ABCDEF.tmp");
        for (String name : others) {
            Files.createFile(folder.resolve(name));
        }
        Files.createFile(folder.resolve(".a.0123456789abcdef.tmp"));
        SpecialFile.FIFO.create(folder.resolve(".pipe.0123456789abcdef.tmp"));
        String living = Leftovers.nameFor("living");
        try (Directory directory = Directory.open(folder);
                LockedFile writing = directory.createLocked(living)) {
            assertThat(Leftovers.removeFrom(directory)).isEqualTo(1);
            assertThat(writing.path()).exists();
        }
        assertThat(directoryOf(folder))
                .contains(living, ".pipe.0123456789abcdef.tmp")
                .containsAll(others)
                .hasSize(7);
    }

    private static List<String> directoryOf(Path path) throws IOException {
        try (Directory directory = Directory.open(path)) {
            return directory.names();
        }
    }
}
