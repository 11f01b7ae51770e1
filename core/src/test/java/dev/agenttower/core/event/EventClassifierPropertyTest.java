package dev.agenttower.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.settings.EventSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rules against their patterns as the specification writes them. */
class EventClassifierPropertyTest {
    private static final String S =
            "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
    private static final String W = "[\\p{L}\\p{N}_]";
    private static final String B = "(?:(?<=" + W + ")(?!" + W + ")|(?<!" + W + ")(?=" + W + "))";
    private static final Map<String, Pattern> PATTERNS = patterns();

    private final EventClassifier classifier = new EventClassifier(EventSettings.DEFAULT, List.of());

    private static Map<String, Pattern> patterns() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(
                "manual_review.v1",
                "(?:^|" + S + ")(?:(?:MANUAL[_-]REVIEW|REVIEW[_-]REQUIRED)" + B + "|TODO\\(human\\))");
        rules.put("error.traceback.v1", "^Traceback \\(most recent call last\\):");
        rules.put("error.line.v1", "^(?:Error|ERROR|Exception)[: ]");
        rules.put("test_failed.pytest.v1", "^(?:FAILED|ERROR) " + not(S) + "+::" + not(S) + "+");
        rules.put("test_failed.generic.v1", B + "(?:test failed|tests failed|FAIL)" + B);
        rules.put("test_passed.pytest.v1", "^=+ \\p{Nd}+ passed(?: in [\\p{Nd}.]+s)? =+$");
        rules.put("test_passed.generic.v1", B + "(?:all tests passed|tests passed)" + B);
        rules.put(
                "completed.v1",
                "(?iu)(?:^|" + S + ")(?:DONE|completed successfully|task completed|build succeeded)" + B);
        rules.put(
                "waiting_for_input.v1",
                ".*\\?" + S + "*$|.* \\[Y/n\\]" + S + "*$|.* \\(yes/no\\)" + S + "*$|>>>" + S + "*$|>" + S + "+$");
        Map<String, Pattern> compiled = new LinkedHashMap<>();
        rules.forEach((rule, pattern) -> compiled.put(rule, Pattern.compile(pattern, Pattern.UNIX_LINES)));
        return compiled;
    }

    private static String not(String characters) {
        return "[^" + characters.substring(1);
    }

    @Property(tries = 5000)
    void a_rule_finds_what_its_pattern_finds(@ForAll("records") String record) {
        String expected = PATTERNS.entrySet().stream()
                .filter(rule -> rule.getValue().matcher(record).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("activity.fallback.v1");
        assertThat(classifier.classify(record).ruleId()).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> records() {
        return Arbitraries.of(
                        "?",
                        ">",
                        ">>>",
                        " ",
                        "\t",
                        "\u0085",
                        "\u3000",
                        "\u001f",
                        "[Y/n]",
                        " (yes/no)",
                        "Continue?",
                        "DONE",
                        "done",
                        "Done",
                        "completed successfully",
                        "task completed",
                        "build succeeded",
                        "MANUAL_REVIEW",
                        "REVIEW-REQUIRED",
                        "TODO(human)",
                        "Error",
                        "ERROR ",
                        "Exception:",
                        "FAILED ",
                        "a::b",
                        "::",
                        "test failed",
                        "tests failed",
                        "FAIL",
                        "=",
                        "=== ",
                        "12",
                        " passed",
                        " in 1.2s",
                        " ==",
                        "all tests passed",
                        "x",
                        "_",
                        "é",
                        "٣",
                        "😀",
                        "-",
                        "\r")
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join("", pieces));
    }
}
