package dev.agenttower.unix.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegularFilesTest {
    @TempDir
    Path folder;

    @Test
    void reads_a_file_up_to_its_limit() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "caf\u00e9");
        assertThat(RegularFiles.text(RegularFiles.read(file, 5))).isEqualTo("caf\u00e9");
        assertThatThrownBy(() -> RegularFiles.read(file, 4)).hasMessage(file + ": is larger than 4 bytes");
    }

    @Test
    void names_of_any_script_are_found() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(folder.resolve("d\u00e9 %41")).resolve("\u540d"), "x");
        assertThat(RegularFiles.read(file, 5)).hasSize(1);
        assertThat(RegularFiles.readFollowing(file, 5)).hasSize(1);
    }

    @Test
    void what_is_missing_is_missing() {
        assertThatThrownBy(() -> RegularFiles.open(folder.resolve("a"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> RegularFiles.open(folder.resolve("a/b"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> RegularFiles.openFollowing(folder.resolve("a")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_link_is_followed_only_where_that_is_asked_for() throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("a"), "x");
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), Path.of("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real/a"));
        for (Path path : List.of(alias.resolve("a"), link)) {
            assertThat(RegularFiles.readFollowing(path, 5)).isEqualTo(Files.readAllBytes(file));
            assertThatThrownBy(() -> RegularFiles.open(path))
                    .isInstanceOf(LinkedPathException.class)
                    .hasMessageEndingWith("leads through a symbolic link");
        }
    }

    @Test
    void a_kernel_that_cannot_refuse_links_is_walked_for_name_by_name() throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("a"), "x");
        Files.createSymbolicLink(folder.resolve("alias"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("real/link"), Path.of("a"));
        try (Descriptor walked = Descriptor.walked(file, LibC.O_RDONLY)) {
            assertThat(walked.isAt(file)).isTrue();
        }
        for (String path : List.of("alias/a", "real/link")) {
            assertThatThrownBy(() -> Descriptor.walked(folder.resolve(path), LibC.O_RDONLY))
                    .isInstanceOf(LinkedPathException.class);
        }
        assertThatThrownBy(() -> Descriptor.walked(folder.resolve("none/a"), LibC.O_RDONLY))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none").toString());
        assertThatThrownBy(() -> Descriptor.walked(file.resolve("b"), LibC.O_RDONLY))
                .hasMessage(file + ": Not a directory");
    }

    @Test
    void appends_at_the_end_whoever_wrote_there() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        try (OutputStream out = RegularFiles.append(file)) {
            Files.writeString(file, "23");
            out.write('4');
        }
        assertThat(file).hasContent("234");
        RegularFiles.append(folder.resolve("new")).close();
        assertThat(folder.resolve("new")).isEmptyFile();
        Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> RegularFiles.append(folder.resolve("link"))).isInstanceOf(LinkedPathException.class);
        assertThatThrownBy(() -> RegularFiles.input(folder.resolve("link"))).isInstanceOf(LinkedPathException.class);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_file_is_told_at_once(SpecialFile kind) throws IOException {
        Path file = folder.resolve("a");
        kind.create(file);
        assertThatThrownBy(() -> RegularFiles.openFollowing(file))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": is a " + kind.words() + ", not a regular file");
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "DEVICE")
    void neither_reading_writing_nor_locking_waits_for_what_is_no_file(SpecialFile kind) throws IOException {
        Path file = folder.resolve("a");
        kind.create(file);
        try (Directory directory = Directory.open(folder)) {
            for (ThrowingCallable open : List.<ThrowingCallable>of(
                    () -> RegularFiles.open(file),
                    () -> RegularFiles.input(file),
                    () -> RegularFiles.append(file),
                    () -> LockedFile.await(file),
                    () -> LockedFile.awaitToWrite(file, DurableFiles.parent(file)),
                    () -> directory.readAndWrite("a"))) {
                assertThatThrownBy(open)
                        .isInstanceOf(FileSystemException.class)
                        .hasMessage(file + ": is a " + kind.words() + ", not a regular file");
            }
        }
    }
}
