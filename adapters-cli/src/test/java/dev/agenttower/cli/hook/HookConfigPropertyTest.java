package dev.agenttower.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HookConfigPropertyTest {
    private static final Path FILE = Path.of("/h/.codex/config.toml");
    private static final List<String> NAME = List.of("hooks", "state", "/h/hooks.json:pre_tool_use:0:0");
    private static final String TABLE = "[hooks.state.\"/h/hooks.json:pre_tool_use:0:0\"]\ntrusted_hash = \"x\"\n";

    @Provide
    Arbitrary<String> configs() {
        return Arbitraries.of(
                        "a",
                        "b = 1",
                        "\n",
                        "\n",
                        "\r\n",
                        "[t]",
                        "[[t.u]]",
                        "\"",
                        "\"\"\"",
                        "'",
                        "'''",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "=",
                        ".",
                        " ",
                        "#",
                        "\\",
                        "k = 'v'\n",
                        "x.y = \"z\"\n",
                        "hooks",
                        "state",
                        "[hooks.state]\n",
                        "l = [\n1, 'two' # three\n]\n",
                        "i = { j = 1 }\n",
                        "\uFEFF",
                        "ü")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property
    void every_text_is_read_or_refused(@ForAll("configs") String text) {
        try {
            assertThat(CodexConfig.parse(FILE, text).text()).isEqualTo(text);
        } catch (UnusableSettingsException e) {
            assertThat(e.reasonBeside(FILE)).startsWith("not TOML, line ");
        }
    }

    @Property
    void a_table_that_is_entered_and_removed_leaves_the_text_as_it_was(@ForAll("configs") String text) {
        Assume.that(isUsable(text));

        CodexConfig with = CodexConfig.parse(FILE, text).with(NAME, TABLE);

        assertThat(with.value(List.of(NAME.get(0), NAME.get(1), NAME.get(2), "trusted_hash")))
                .isEqualTo("x");
        assertThat(with.text()).startsWith(text).endsWith(TABLE);
        assertThat(with.with(NAME, TABLE).text()).isEqualTo(with.text());
        assertThat(with.without(NAME).text()).isIn(text, text + "\n");
    }

    private static boolean isUsable(String text) {
        try {
            CodexConfig.parse(FILE, text).with(NAME, TABLE);
            return true;
        } catch (UnusableSettingsException e) {
            return false;
        }
    }
}
