package dev.agenttower.workspace.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.log.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLogArchiveTest {
    private static final int LINE = 10;

    @TempDir
    Path folder;

    private final HostLogArchive archive = new HostLogArchive();
    private int written;

    private Path log() {
        return folder.resolve("a.log");
    }

    private void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("%09d\n".formatted(written++));
        }
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> parts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("a.log"))
                    .sorted()
                    .toList();
        }
    }

    /** All lines of the parts and of the log, without what was discarded of it. */
    private String all() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String part : parts()) {
            text.append(Files.readString(folder.resolve(part)));
        }
        return text.append(Files.readString(log()).replace("\0", "")).toString();
    }

    private String expected() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < written; i++) {
            text.append("%09d\n".formatted(i));
        }
        return text.toString();
    }

    @Test
    void moves_whole_lines_and_gives_back_their_space() throws Exception {
        write(100_000);
        Object inode = Files.getAttribute(log(), "unix:ino");
        assertThat(archive.begin(log().toString())).isZero();
        long end = archive.move(log().toString(), 800_005, 4);
        assertThat(end).isEqualTo(800_000);
        assertThat(archive.begin(log().toString())).isBetween(end - (64 << 10), end);
        assertThat(Files.getAttribute(log(), "unix:ino")).isEqualTo(inode);
        assertThat(Files.size(log())).isEqualTo(100_000 * LINE);
        assertThat(parts()).containsExactly("a.log.000000000000000");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(parts().get(0)))))
                .isEqualTo("rw-------");
        assertThat(all()).isEqualTo(expected());
    }

    @Test
    void every_line_is_in_one_part_while_the_pane_goes_on_writing() throws Exception {
        for (int i = 0; i < 3; i++) {
            write(50_000);
            archive.move(log().toString(), written * LINE - 7, 9);
        }
        write(10);
        assertThat(parts()).hasSize(3);
        assertThat(all()).isEqualTo(expected());
    }

    @Test
    void the_oldest_parts_go() throws Exception {
        for (int i = 0; i < 3; i++) {
            write(50_000);
            archive.move(log().toString(), written * LINE, 2);
        }
        assertThat(parts()).hasSize(2);
        assertThat(Files.readString(folder.resolve(parts().get(0)), UTF_8)).startsWith("000050000\n");
        write(50_000);
        archive.move(log().toString(), written * LINE, 0);
        assertThat(parts()).isEmpty();
    }

    @Test
    void a_part_that_a_crash_left_is_replaced() throws Exception {
        write(50_000);
        Files.writeString(folder.resolve("a.log.000000000000000"), "half of it");
        Files.writeString(folder.resolve("a.log.000000000000000.tmp"), "less");
        archive.move(log().toString(), 400_000, 4);
        assertThat(parts()).containsExactly("a.log.000000000000000");
        assertThat(all()).isEqualTo(expected());
    }

    @Test
    void a_line_without_an_end_is_cut() throws Exception {
        Files.writeString(log(), "x".repeat(1_000_000));
        assertThat(archive.move(log().toString(), 600_001, 4)).isEqualTo(600_001);
        assertThat(folder.resolve("a.log.000000000000000")).hasSize(600_001);
    }

    @Test
    void other_files_are_left_alone() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "kept");
        Files.createSymbolicLink(folder.resolve("link.log"), other);
        assertThatThrownBy(() -> archive.move(folder.resolve("link.log").toString(), 4, 1))
                .isInstanceOf(UnreadableLogException.class);
        assertThatThrownBy(() -> archive.move(folder.resolve("none.log").toString(), 4, 1))
                .isInstanceOf(UnreadableLogException.class);
        assertThat(other).hasContent("kept");
    }
}
