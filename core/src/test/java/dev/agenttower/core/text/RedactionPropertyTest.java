package dev.agenttower.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RedactionPropertyTest {
    @Property
    void the_six_rules_give_what_their_patterns_say(@ForAll("lines") String line) {
        assertThat(Redaction.redact(line)).isEqualTo(bySpecification(line));
    }

    @Property
    void redacting_again_changes_nothing(@ForAll("lines") String line) {
        String once = Redaction.redact(line);
        assertThat(Redaction.redact(once)).isEqualTo(once);
    }

    @Property
    void a_sequence_anywhere_in_a_key_does_not_hide_it(@ForAll("sequences") String sequence, @ForAll("cuts") int cut) {
        String key = "ghp_" + "aB3".repeat(8);
        String line = "token " + key.substring(0, cut) + sequence + key.substring(cut) + " end";
        assertThat(Redaction.redact(line)).isEqualTo("token <redacted:github-token> end");
    }

    @Property
    void stripping_keeps_the_text_between_sequences(
            @ForAll("lines") String left, @ForAll("sequences") String sequence) {
        assertThat(AnsiSequences.strip(left + sequence + left)).isEqualTo(left + left);
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(1, 27);
    }

    @Provide
    Arbitrary<String> sequences() {
        return Arbitraries.of(
                "\033[31m", "\033[0m", "\033[?25l", "\033[3~", "\033]0;title\007", "\033(B", "\0337", "\u009b1m");
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "sk-",
                        "ghp_",
                        "ghs_",
                        "AKIA",
                        "AKIAIOSFODNN7EXAMPLE",
                        "Bearer ",
                        "MY_",
                        "API_KEY",
                        "APIKEY",
                        "TOKEN",
                        "SECRET",
                        "AUTH",
                        "=",
                        ".",
                        " ",
                        "_",
                        "-",
                        "é",
                        "\t",
                        "x",
                        "PASSWORD=",
                        "aaaaaaaaaaaaaaaaaaaa",
                        "A1B2C3D4E5F6A7B8"),
                Arbitraries.strings().withChars("abAB019_-.= ").ofMaxLength(24));
        // A bare name and an assignment within a line are later forms, so they are none of the six.
        return piece.list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces))
                .filter(line -> !line.matches("(?:API_?KEY|TOKEN|SECRET|PASSWORD|AUTH)=.*"))
                .filter(line -> SecretAssignments.redact(bySpecification(line)).equals(bySpecification(line)));
    }

    private static String bySpecification(String line) {
        String word = "[A-Za-z0-9_]";
        String border = "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))";
        String result = line.replaceAll(border + "sk-[A-Za-z0-9]{20,}" + border, "<redacted:openai-key>")
                .replaceAll(border + "gh[ps]_[A-Za-z0-9]{20,}" + border, "<redacted:github-token>")
                .replaceAll(border + "AKIA[A-Z0-9]{16}" + border, "<redacted:aws-access-key>")
                .replaceAll(border + "Bearer ([A-Za-z0-9_\\-\\.=]{16,})", "Bearer <redacted:bearer>");
        if (result.length() >= 32 && result.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")) {
            return "<redacted:jwt>";
        }
        Matcher assignment = Pattern.compile("([A-Z_][A-Z0-9_]*(API_?KEY|TOKEN|SECRET|PASSWORD|AUTH))=(.+)")
                .matcher(result);
        return assignment.matches() ? assignment.group(1) + "=<redacted:env-secret>" : result;
    }
}
