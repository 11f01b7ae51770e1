package dev.agenttower.core.event;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules that every classifier has. {@code specs/events.md} lists them as patterns. */
final class BuiltInRules {
    /** The rule for all that no other rule finds. */
    static final EventRule FALLBACK = new EventRule("activity.fallback.v1", EventType.ACTIVITY, 999, record -> true);

    private static final String TEXT =
            "[^\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
    private static final String ASCII_TEXT = "[^\\t-\\r ]";

    private static final Pattern FAILURE_OF_PYTEST =
            Pattern.compile("(?:FAILED|ERROR) " + TEXT + "+::" + TEXT, Pattern.UNIX_LINES);

    private static final Phrases REVIEW =
            Phrases.of("MANUAL_REVIEW", "MANUAL-REVIEW", "REVIEW_REQUIRED", "REVIEW-REQUIRED", "TODO(human)");

    static final List<EventRule> ALL = List.of(
            new EventRule(
                    "swarm_member.v1",
                    EventType.SWARM_MEMBER_REPORTED,
                    10,
                    pattern(
                            "AGENTTOWER_SWARM_MEMBER",
                            "AGENTTOWER_SWARM_MEMBER parent=agt_[0-9a-f]{12} pane=%[0-9]+ label=" + ASCII_TEXT
                                    + "++ capability=" + ASCII_TEXT + "++ purpose=.{1,256}\\z")),
            new EventRule("manual_review.v1", EventType.MANUAL_REVIEW_NEEDED, 20, BuiltInRules::asksForReview),
            new EventRule(
                    "error.traceback.v1",
                    EventType.ERROR,
                    30,
                    record -> record.startsWith("Traceback (most recent call last):")),
            new EventRule("error.line.v1", EventType.ERROR, 31, pattern("E", "(?:Error|ERROR|Exception)[: ]")),
            new EventRule("test_failed.pytest.v1", EventType.TEST_FAILED, 40, BuiltInRules::isFailureOfPytest),
            new EventRule(
                    "test_failed.generic.v1",
                    EventType.TEST_FAILED,
                    41,
                    Phrases.of("test failed", "tests failed", "FAIL")::areWordsOf),
            new EventRule(
                    "test_passed.pytest.v1",
                    EventType.TEST_PASSED,
                    50,
                    pattern("=", "=++ \\p{Nd}++ passed(?: in [\\p{Nd}.]++s)? =++\\z")),
            new EventRule(
                    "test_passed.generic.v1",
                    EventType.TEST_PASSED,
                    51,
                    // "all tests passed" holds these words, too.
                    Phrases.of("tests passed")::areWordsOf),
            new EventRule(
                    "completed.v1",
                    EventType.COMPLETED,
                    60,
                    Phrases.ignoringCase("done", "completed successfully", "task completed", "build succeeded")
                            ::startWordOf),
            new EventRule("waiting_for_input.v1", EventType.WAITING_FOR_INPUT, 70, BuiltInRules::asks),
            FALLBACK);

    private BuiltInRules() {}

    /** A pattern at the beginning of the record, tried only if the record begins with {@code literal}. */
    private static Predicate<String> pattern(String literal, String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.UNIX_LINES);
        return record -> record.startsWith(literal) && pattern.matcher(record).lookingAt();
    }

    private static boolean isFailureOfPytest(String record) {
        return (record.startsWith("FAILED ") || record.startsWith("ERROR "))
                && FAILURE_OF_PYTEST.matcher(record).lookingAt();
    }

    private static boolean asksForReview(String record) {
        return (record.contains("REVIEW") || record.contains("TODO(human)")) && REVIEW.startWordOf(record);
    }

    /** What ends a line that waits for an answer, looked for from the end. */
    private static boolean asks(String record) {
        int end = Phrases.trimmedLength(record);
        return record.startsWith("?", end - 1)
                || record.startsWith(" [Y/n]", end - 6)
                || record.startsWith(" (yes/no)", end - 9)
                || record.startsWith(">>>", end - 3)
                || (end < record.length() && record.startsWith(">", end - 1));
    }
}
