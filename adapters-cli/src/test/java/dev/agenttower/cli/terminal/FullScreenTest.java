package dev.agenttower.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullScreenTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private FullScreen screen;

    @BeforeEach
    void open() {
        screen = FullScreen.open(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(written, true, UTF_8),
                () -> new ScreenSize(40, 10));
        draw("one", "two", "three");
    }

    @AfterEach
    void close() {
        screen.close();
    }

    /** What is written for a frame. */
    private String draw(String... lines) {
        written.reset();
        screen.draw(List.of(lines));
        return written.toString(UTF_8);
    }

    @Test
    void writes_only_the_lines_that_have_changed() {
        assertThat(draw("one", "two", "three")).isEmpty();
        assertThat(draw("one", "2", "three")).isEqualTo("\u001b[2;1H\u001b[K2\u001b[K");
        assertThat(draw("one", "2", "three", "four")).isEqualTo("\u001b[4;1H\u001b[Kfour\u001b[K");
        assertThat(draw("one")).isEqualTo("\u001b[2;1H\u001b[J");
    }

    @Test
    void clears_what_a_line_of_two_rows_leaves_behind() {
        draw("one", "x".repeat(60));
        assertThat(draw("one", "two")).isEqualTo("\u001b[2;1H\u001b[Ktwo\u001b[K\u001b[3;1H\u001b[J");
    }

    @Test
    void writes_everything_again_after_a_change_of_the_size() {
        screen.resized();
        assertThat(screen.size()).isEqualTo(new ScreenSize(40, 10));
        assertThat(draw("one", "two", "three")).contains("one", "two", "three");
    }

    @Test
    void writes_nothing_after_the_terminal_is_restored() {
        screen.close();
        assertThat(draw("one", "2")).isEmpty();
    }
}
