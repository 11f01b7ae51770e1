package dev.agenttower.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyboardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private static List<Key> keys(String bytes, int count) {
        Keyboard keyboard = Keyboard.of(new ByteArrayInputStream(bytes.getBytes(ISO_8859_1)));
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(keyboard.next(PATIENCE));
        }
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "[A, UP",
        "OA, UP",
        "[B, DOWN",
        "OB, DOWN",
        "[H, START",
        "OH, START",
        "[1~, START",
        "[7~, START",
        "[F, END",
        "OF, END",
        "[4~, END",
        "[8~, END",
        "[5~, PAGE_UP",
        "[6~, PAGE_DOWN",
        "[1;5A, UP",
        "[3~, OTHER",
        "[?9u, OTHER",
        "[99999999999999999999~, OTHER",
        "x, OTHER"
    })
    void knows_the_sequences_of_terminals(String sequence, Key key) {
        assertThat(keys("\u001b" + sequence + "j", 2)).containsExactly(key, Key.DOWN);
    }

    @Test
    void knows_single_keys() {
        assertThat(keys("jkgG \r\nxq", 9))
                .containsExactly(
                        Key.DOWN, Key.UP, Key.START, Key.END, Key.PAGE_DOWN, Key.ENTER, Key.ENTER, Key.OTHER, Key.QUIT);
        assertThat(keys("\u0003", 1)).containsExactly(Key.QUIT);
    }

    @Test
    void the_end_of_input_is_a_key_that_leaves() {
        assertThat(keys("", 1)).containsExactly(Key.QUIT);
        assertThat(keys("\u001b", 1)).containsExactly(Key.QUIT);
        assertThat(keys("\u001b[", 1)).containsExactly(Key.OTHER);
    }

    @Test
    void escape_leaves_when_nothing_follows() throws IOException {
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            Keyboard keyboard = Keyboard.of(in);
            typed.write(0x1b);
            typed.flush();
            assertThat(keyboard.next(PATIENCE)).isEqualTo(Key.QUIT);
        }
    }

    @Test
    void a_resized_terminal_ends_a_wait_and_loses_no_key() throws IOException {
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            Keyboard keyboard = Keyboard.of(in);
            assertThat(keyboard.next(MOMENT)).isEqualTo(Key.NONE);
            keyboard.resized();
            assertThat(keyboard.next(PATIENCE)).isEqualTo(Key.RESIZED);
            typed.write('j');
            typed.flush();
            assertThat(keyboard.next(PATIENCE)).isEqualTo(Key.DOWN);
        }
    }

    @Test
    void reads_nothing_beyond_a_key_before_the_next_one_is_asked_for() {
        AtomicInteger reads = new AtomicInteger();
        Keyboard keyboard = Keyboard.of(new InputStream() {
            @Override
            public int read() {
                reads.incrementAndGet();
                return '\n';
            }
        });
        assertThat(keyboard.next(PATIENCE)).isEqualTo(Key.ENTER);
        assertThat(keyboard.next(PATIENCE)).isEqualTo(Key.ENTER);
        assertThat(reads).hasValue(2);
    }
}
