package dev.agenttower.core.governance.hook.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.hook.shell.ShellStep.Command;
import dev.agenttower.core.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ShellParserPropertyTest {
    @Provide
    Arbitrary<String> scripts() {
        return Arbitraries.of(
                        "$(",
                        ")",
                        "(",
                        "`",
                        "\\",
                        "\"",
                        "'",
                        "$'",
                        "${",
                        "}",
                        "{",
                        "<<EOF",
                        "EOF",
                        "\n",
                        "<<-'E'",
                        "E",
                        "<<<",
                        ">",
                        ">>",
                        "&>",
                        "2>&1",
                        "|",
                        "&&",
                        ";",
                        ";;",
                        "[[",
                        "]]",
                        "((",
                        "))",
                        "$((",
                        "~",
                        "$HOME",
                        "*",
                        "[",
                        "]",
                        ",",
                        " ",
                        "rm",
                        "a",
                        "cd",
                        "sh -c",
                        "eval",
                        "find . -exec",
                        "xargs -I{}",
                        "case x in",
                        "#",
                        "\\x41",
                        "\t",
                        "git",
                        "-C",
                        "mv",
                        "tar",
                        "=",
                        "x=(",
                        "-")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 3000)
    void any_text_is_read(@ForAll("scripts") String script) {
        ShellEffects effects = ShellEffects.of(script, "");
        assertThat(effects.edits()).hasSizeLessThan(200);
    }

    @Property
    void any_characters_are_read(@ForAll String script) {
        assertThat(ShellEffects.of(script, "").objections()).hasSizeLessThan(30);
    }

    @Property
    void quoted_words_are_read_as_they_were(@ForAll List<String> words) {
        List<String> given = new ArrayList<>(List.of("name"));
        given.addAll(words);
        String script = given.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
        List<ShellStep> steps = new ArrayList<>();
        assertThat(ShellParser.parse(script, 0, steps)).isTrue();
        assertThat(steps)
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.class,
                        command -> assertThat(command.words())
                                .allMatch(ShellWord::isExact)
                                .extracting(ShellWord::text)
                                .containsExactlyElementsOf(given));
    }
}
