package dev.agenttower.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
        assertThat(PromptText.isShown(pasted, "\n\n<pasted_content id=\"1390\">\n" + pasted + "\n</pasted_content>"))
                .isTrue();
        assertThat(PromptText.isShown("read @README.md", "read @README.md\n--- Content ---\nx"))
                .isTrue();
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
