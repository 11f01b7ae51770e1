package dev.agenttower.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the clients make of a typed prompt, as seen in Claude Code 2.1.332, Gemini CLI 0.61.0 and Codex 0.171.0. */
final class PromptTextTest {
    @Test
    void a_prompt_is_recognised_in_what_clients_make_of_it() {
        assertThat(PromptText.isShown("one line", "one line")).isTrue();
        assertThat(PromptText.isShown("ends with a line\n\n", "ends with a line"))
                .isTrue();
        assertThat(PromptText.isShown("a\tb", "a    b")).isTrue();
        assertThat(PromptText.isShown("cafe\u0301", "caf\u00e9")).isTrue();
        String pasted = "line 1\nline 2";
        assertThat(PromptText.isShown(
                        pasted, "\n\n<pasted_content id=\"1390\">\n" + pasted + "\n</pasted_content id=\"1390\">\n"))
                .isTrue();
        assertThat(PromptText.isShown("read @README.md", "read @README.md\n--- Content ---\nx"))
                .isTrue();
    }

    static Stream<Arguments> shown() {
        String lines = IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        String wrapped = "\n\n<pasted_content id=\"1390\">\n" + lines + "\n</pasted_content id=\"1390\">\n";
        String signs = "# note, $ \\ ` \" ' ^ ~";
        return Stream.of(
                Arguments.of("claude", "a\nb\nc", "a\nb\nc"),
                Arguments.of("claude", lines, wrapped),
                Arguments.of("claude", lines + "\n", wrapped),
                Arguments.of("claude", "\tif x:\n\t\ty", "    if x:\n        y"),
                Arguments.of("claude", "e\u0301 😀", "\u00e9 😀"),
                Arguments.of("claude", "x\n", "x"),
                Arguments.of("claude", signs, signs),
                Arguments.of("claude", "read @README.md", "read @README.md"),
                Arguments.of("gemini", lines, lines),
                Arguments.of("gemini", "a\tb", "a\tb"),
                Arguments.of("gemini", "e\u0301", "e\u0301"),
                Arguments.of("gemini", "x\n\n", "x"),
                Arguments.of("gemini", "read @x", "read @x\n--- Content from referenced files ---\ny"),
                Arguments.of("codex", lines, lines),
                Arguments.of("codex", "a\tb", "a\tb"),
                Arguments.of("codex", "e\u0301 😀", "e\u0301 😀"),
                Arguments.of("codex", "x\n", "x"));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void each_client_shows_a_prompt_in_its_way(String client, String typed, String shown) {
        assertThat(PromptText.isShown(typed, shown)).as(client).isTrue();
        assertThat(PromptText.isShown(typed + " more", shown)).as(client).isFalse();
    }

    @Test
    void another_prompt_is_not() {
        assertThat(PromptText.isShown("run the tests", "run the tests again")).isFalse();
        assertThat(PromptText.isShown("run the tests", "do not run the tests")).isFalse();
        assertThat(PromptText.isShown("run", "")).isFalse();
        assertThat(PromptText.isShown(" ", " ")).isFalse();
        String many = "<pasted_content".repeat(50_000);
        assertThat(PromptText.isShown("x", many)).isFalse();
    }
}
