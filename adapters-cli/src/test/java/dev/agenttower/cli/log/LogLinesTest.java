package dev.agenttower.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {
    @TempDir
    Path folder;

    private final List<String> printed = new ArrayList<>();
    private final List<Long> missed = new ArrayList<>();

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("a.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @CsvSource({"1, d", "2, c|d", "4, a|b|c|d", "9, a|b|c|d"})
    void begins_with_the_last_lines(int count, String expected) throws Exception {
        try (LogLines log = new LogLines(write("a\nb\nc\nd"), printed::add, missed::add)) {
            log.skipToLast(count);
            log.printNew();
            log.printUnfinished();
        }
        assertThat(String.join("|", printed)).isEqualTo(expected);
    }

    @Test
    void finds_them_in_a_large_file() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("line ").append(i).append('\n');
        }
        try (LogLines log = new LogLines(write(text.toString()), printed::add, missed::add)) {
            log.skipToLast(30_000);
            log.printNew();
        }
        assertThat(printed).hasSize(30_000).startsWith("line 70000").endsWith("line 99999");
    }

    @Test
    void zeros_are_no_lines() throws Exception {
        try (LogLines log = new LogLines(write("\0".repeat(200_000) + "a\nb\n"), printed::add, missed::add)) {
            log.skipToLast(100);
            log.printNew();
        }
        assertThat(printed).containsExactly("a", "b");
    }

    @Test
    void zeros_that_a_pane_printed_hide_no_line() throws Exception {
        try (LogLines log =
                new LogLines(write("\0a\nb\0b\n" + "\0".repeat(511) + "c\nd\0\n"), printed::add, missed::add)) {
            log.skipToLast(100);
            log.printNew();
        }
        assertThat(printed).containsExactly("a", "bb", "c", "d");
        assertThat(missed).isEmpty();
    }

    @Test
    void what_was_moved_away_before_it_was_read_is_told() throws Exception {
        Path file = write("a\nb");
        try (LogLines log = new LogLines(file, printed::add, missed::add)) {
            log.printNew();
            write("b\n" + "\0".repeat(70_000) + "c\n");
            log.printNew();
        }
        assertThat(printed).containsExactly("a", "bb", "c");
        assertThat(missed).containsExactly(70_000L);
    }

    @Test
    void goes_on_with_what_comes_later() throws Exception {
        try (LogLines log = new LogLines(write("a\nb"), printed::add, missed::add)) {
            log.skipToEnd();
            write("c\nd");
            log.printNew();
            assertThat(printed).containsExactly("c");
            write("e\n");
            log.printNew();
            assertThat(printed).containsExactly("c", "de");
        }
    }

    @Test
    void a_file_that_was_cut_or_replaced_is_read_from_its_beginning() throws Exception {
        Path file = write("a\nb\n");
        try (LogLines log = new LogLines(file, printed::add, missed::add)) {
            log.printNew();
            Files.writeString(file, "c\n");
            log.printNew();
            Files.move(Files.writeString(folder.resolve("new"), "d\ne\nf\ng\n"), folder.resolve("other"));
            Files.delete(file);
            log.printNew();
            Files.move(folder.resolve("other"), file);
            log.printNew();
        }
        assertThat(printed).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void a_long_line_is_cut_and_bytes_that_are_no_text_are_shown_as_such() throws Exception {
        Path file = write("x".repeat(70_000) + "\n");
        Files.write(file, new byte[] {(byte) 0xff, 'y', '\n'}, StandardOpenOption.APPEND);
        try (LogLines log = new LogLines(file, printed::add, missed::add)) {
            log.printNew();
        }
        assertThat(printed).containsExactly("x".repeat(65_536) + "…", "\ufffdy");
    }

    @Test
    void only_regular_files_are_read() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), write("a\n"));
        assertThatThrownBy(() -> new LogLines(link, printed::add, missed::add)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new LogLines(folder, printed::add, missed::add))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new LogLines(folder.resolve("none"), printed::add, missed::add))
                .isInstanceOf(NoSuchFileException.class);
    }
}
