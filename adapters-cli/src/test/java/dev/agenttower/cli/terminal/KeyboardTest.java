package dev.agenttower.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.terminal.KeyPress.Kind;
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

    private static List<KeyPress> presses(String typed, int count) {
        Keyboard keyboard = Keyboard.of(new ByteArrayInputStream(typed.getBytes(UTF_8)));
        List<KeyPress> presses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            presses.add(keyboard.press(PATIENCE));
        }
        return presses;
    }

    private static KeyPress character(String text) {
        return new KeyPress(Kind.CHARACTER, text);
    }

    @Test
    void reads_whole_characters_and_control_keys() {
        assertThat(presses("aé日😀\u0007\u007f\b\t", 8))
                .containsExactly(
                        character("a"),
                        character("é"),
                        character("日"),
                        character("😀"),
                        new KeyPress(Kind.CONTROL, "g"),
                        KeyPress.of(Kind.BACKSPACE),
                        KeyPress.of(Kind.BACKSPACE),
                        new KeyPress(Kind.CONTROL, "i"));
    }

    @Test
    void what_is_pasted_is_one_text_whatever_it_holds() {
        String pasted = "y\nq\u0003\u001b[A日";
        assertThat(presses("\u001b[200~" + pasted + "\u001b[201~k", 2))
                .containsExactly(new KeyPress(Kind.PASTE, pasted), character("k"));
        assertThat(presses("\u001b[200~" + pasted, 2))
                .containsExactly(new KeyPress(Kind.PASTE, pasted), KeyPress.of(Kind.CLOSED));
    }

    @Test
    void a_paste_that_is_too_long_is_cut_and_its_rest_is_no_key() {
        List<KeyPress> presses = presses("\u001b[200~" + "x".repeat(100_000) + "\u001b[201~k", 2);
        assertThat(presses.get(0).text()).hasSize(1 << 16);
        assertThat(presses.get(1)).isEqualTo(character("k"));
    }

    @Test
    void a_wait_ends_without_a_key_when_it_is_woken() {
        Keyboard keyboard = Keyboard.of(new ByteArrayInputStream(new byte[0]));
        keyboard.wake();
        assertThat(keyboard.press(PATIENCE)).isEqualTo(KeyPress.of(Kind.NONE));
        assertThat(keyboard.press(PATIENCE)).isEqualTo(KeyPress.of(Kind.CLOSED));
    }
}
