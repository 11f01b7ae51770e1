package dev.agenttower.core.agent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.Evidence;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Screens that were recorded with the real clients: the text and, in the file beside it, title, program and cursor. {@code expected.tsv} names
 * client, screen, state, detail, and what is in the input box, {@code -} if there is none.
 */
class ClientScreenTest {
    private static final Pattern STATE = Pattern.compile(
            "(?<title>.*)\\|cmd=(?<program>.*)\\|alt=.\\|cursor=(?<x>\\d+),(?<y>\\d+),vis=(?<vis>.)\\|.*\\s*");
    private static final Path SCREENS = screens();

    record Recorded(Capability client, String name, String state, String detail, String input) {
        @Override
        public String toString() {
            return client.wire() + "/" + name;
        }
    }

    private static Path screens() {
        try {
            URL found = Objects.requireNonNull(ClientScreenTest.class.getResource("/screens"));
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Recorded> recorded() throws IOException {
        return Files.readAllLines(SCREENS.resolve("expected.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .map(fields -> new Recorded(
                        Capability.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                        fields[1],
                        fields[2],
                        fields[3],
                        fields[4]));
    }

    private static Screen screen(Capability client, String name, String text) throws IOException {
        Matcher state =
                STATE.matcher(Files.readString(SCREENS.resolve(client.wire()).resolve(name + ".state")));
        assertThat(state.matches()).isTrue();
        return Screen.of(
                state.group("program"),
                Integer.parseInt(state.group("x")),
                Integer.parseInt(state.group("y")),
                state.group("vis").equals("1"),
                text);
    }

    private static String text(Capability client, String name) throws IOException {
        return Files.readString(SCREENS.resolve(client.wire()).resolve(name + ".txt"));
    }

    private static String shown(Optional<ScreenReading> reading) {
        return reading.map(found -> found.reading().state().wire() + "\t"
                        + found.reading().detail() + "\t"
                        + Optional.ofNullable(found.input()).orElse("-"))
                .orElse("nothing");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void a_recorded_screen_shows_the_state_of_its_situation(Recorded recorded) throws IOException {
        String text = text(recorded.client, recorded.name);
        assertThat(shown(ClientScreen.reading(recorded.client, screen(recorded.client, recorded.name, text))))
                .isEqualTo(recorded.state + "\t" + recorded.detail + "\t" + recorded.input);
    }

    @Test
    void every_recorded_screen_is_tried() throws IOException {
        try (Stream<Path> files = Files.walk(SCREENS, 2)) {
            List<String> names = files.map(SCREENS::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".txt"))
                    .map(name -> name.substring(0, name.length() - ".txt".length()))
                    .toList();
            assertThat(recorded().map(Recorded::toString))
                    .hasSizeGreaterThan(100)
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    /** A dialog of one client, quoted in the conversation of another screen, at the left edge and indented. */
    @ParameterizedTest
    @CsvSource({
        "CLAUDE, idle-start, permission-bash, idle",
        "CLAUDE, working, permission-bash, working",
        "CLAUDE, idle-start, trust-dir-dialog, idle",
        "CODEX, compacted, permission-exec, idle",
        "CODEX, compacted, hooks-review, idle",
        "GEMINI, idle-start, permission-shell, idle",
        "GEMINI, idle-start, colour-start1, idle",
    })
    void a_quoted_dialog_is_none(Capability client, String name, String quoted, String state) throws IOException {
        String text = text(client, name);
        String dialog = text(client, quoted).strip();
        for (String indent : List.of("", "  ")) {
            int lines = (int) dialog.lines().count();
            String quote = dialog.lines().map(line -> indent + line).collect(Collectors.joining("\n"));
            Screen screen = screen(client, name, text);
            Screen moved = Screen.of(
                    screen.program(),
                    screen.column(),
                    screen.row() + lines,
                    screen.isCursorVisible(),
                    quote + "\n" + text);
            assertThat(ClientScreen.reading(client, moved)
                            .map(found -> found.reading().state().wire()))
                    .contains(state);
        }
    }

    /** Dialogs that stay when the lines above them are scrolled out of a small pane. */
    @ParameterizedTest
    @CsvSource({
        "CLAUDE, permission-bash, 8",
        "CLAUDE, trust-dir-dialog, 6",
        "CODEX, permission-exec, 8",
        "CODEX, hooks-review, 6",
        "GEMINI, permission-shell, 6",
    })
    void a_dialog_in_a_small_pane_is_one(Capability client, String name, int lines) throws IOException {
        Screen whole = screen(client, name, text(client, name).stripTrailing());
        int dropped = whole.lines().size() - lines;
        Screen small = new Screen(
                whole.program(),
                whole.column(),
                whole.row() - dropped,
                whole.isCursorVisible(),
                whole.lines().subList(dropped, whole.lines().size()));
        assertThat(ClientScreen.reading(client, small)).hasValueSatisfying(found -> {
            assertThat(found.isDialog()).isTrue();
            assertThat(found.input()).isNull();
        });
    }

    @Test
    void another_program_in_the_foreground_shows_nothing() throws IOException {
        Screen screen = screen(Capability.CLAUDE, "permission-bash", text(Capability.CLAUDE, "permission-bash"));
        Screen shell = new Screen("bash", screen.column(), screen.row(), true, screen.lines());
        assertThat(ClientScreen.reading(Capability.CLAUDE, shell)).isEmpty();
        assertThat(ClientScreen.reading(Capability.SHELL, screen)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001b[2mfaint\u001b[0m strong', '      strong'",
        "'\u001b[38;5;246mgrey\u001b[39mfore', '    fore'",
        "'\u001b[38;5;231mwhite\u001b[38;2;153;153;153mgrey\u001b[38;2;255;200;0mgold', 'white    gold'",
        "'\u001b[1;2;90mgrey\u001b[22;31mred', '    red'",
        "'\u001b[48;5;240mback\u001b[48;2;128;128;128mback', 'backback'",
        "'\u001b[38;5mcut', 'cut'",
        "'a\u001b]8;;http://x\u001b\\b\u001b]8;;\u001b\\c\u000ed\u001b', 'abcd'",
    })
    void faint_and_grey_is_told_from_the_rest(String captured, String strong) {
        assertThat(Screen.of("claude", 0, 0, true, captured).lines().get(0).strong())
                .isEqualTo(strong);
    }

    @Property
    void any_screen_shows_something_or_nothing(
            @ForAll Capability client,
            @ForAll @Size(max = 30) List<@From("line") String> lines,
            @ForAll @IntRange(max = 120) int column,
            @ForAll @IntRange(max = 40) int row,
            @ForAll boolean isVisible) {
        Screen screen = Screen.of("node", column, row, isVisible, String.join("\n", lines));
        ClientScreen.reading(client, screen).ifPresent(found -> {
            assertThat(found.reading().evidence()).isEqualTo(Evidence.SCREEN);
            assertThat(found.isDialog()).isEqualTo(found.input() == null);
            assertThat(found.reading().state()).isNotEqualTo(AgentState.ENDED);
        });
    }

    @Provide
    Arbitrary<String> line() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of(
                        "─".repeat(40),
                        "❯ ",
                        " ❯ 1. Yes",
                        " Esc to cancel · Tab to amend",
                        "› ",
                        "› 1. Yes",
                        "  Press enter to confirm or esc to cancel",
                        " > ",
                        "│ ● 1. Allow once │",
                        "╰──╯",
                        "\u001b[2m",
                        ""));
    }
}
