package dev.agenttower.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.settings.EventSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventClassifierTest {
    private static final String MEMBER =
            "AGENTTOWER_SWARM_MEMBER parent=agt_0123456789ab pane=%12 label=one capability=codex purpose=";

    private final EventClassifier classifier = new EventClassifier(EventSettings.DEFAULT, List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ERROR a/b.py::t|error.line.v1",
                "FAILED a::b - x|test_failed.pytest.v1",
                "FAILED|activity.fallback.v1",
                "--- FAIL: TestX|test_failed.generic.v1",
                "Error|activity.fallback.v1",
                "Error x|error.line.v1",
                "Errors: x|activity.fallback.v1",
                "the error was minor|activity.fallback.v1",
                "Traceback (most recent call last):|error.traceback.v1",
                "> |waiting_for_input.v1",
                "foo > |waiting_for_input.v1",
                ">|activity.fallback.v1",
                ">>>|waiting_for_input.v1",
                ">>> |waiting_for_input.v1",
                "what?|waiting_for_input.v1",
                "Go on [Y/n] |waiting_for_input.v1",
                "[Y/n]|activity.fallback.v1",
                "Go on (yes/no)|waiting_for_input.v1",
                "tests failed?|test_failed.generic.v1",
                "not DONE yet?|completed.v1",
                "Done|completed.v1",
                "Build succeeded|completed.v1",
                "undone|activity.fallback.v1",
                "doneness|activity.fallback.v1",
                "done.|completed.v1",
                "TODO(human)|manual_review.v1",
                "TODO(human)x|manual_review.v1",
                "xTODO(human)|activity.fallback.v1",
                "MANUAL_REVIEWED|activity.fallback.v1",
                "MANUAL_REVIEW: Error: foo|manual_review.v1",
                "please REVIEW-REQUIRED|manual_review.v1",
                "=== 12 passed in 1.34s ===|test_passed.pytest.v1",
                "==== 1 passed ====|test_passed.pytest.v1",
                "=== 3 passed, 1 warning in 1.2s ===|activity.fallback.v1",
                "=== 1 failed, 3 passed in 2s ===|activity.fallback.v1",
                "all tests passed|test_passed.generic.v1",
                "pane exited|activity.fallback.v1",
                "long_running|activity.fallback.v1"
            })
    void decides_by_the_first_rule(String record, String rule) {
        assertThat(classifier.classify(record).ruleId()).isEqualTo(rule);
    }

    @Test
    void an_empty_record_is_activity() {
        assertThat(classifier.classify(""))
                .isEqualTo(new Classification(EventType.ACTIVITY, "activity.fallback.v1", ""));
    }

    @Test
    void knows_a_member_of_a_swarm() {
        assertThat(classifier.classify(MEMBER + "p".repeat(256)).type()).isEqualTo(EventType.SWARM_MEMBER_REPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too long"})
    void a_malformed_member_is_activity(String purpose) {
        String record = MEMBER + (purpose.isEmpty() ? "" : "p".repeat(257));
        assertThat(classifier.classify(record).type()).isEqualTo(EventType.ACTIVITY);
        for (String broken : List.of(
                " " + MEMBER + "x",
                MEMBER.replace("agt_0", "agt_G") + "x",
                MEMBER.replace(" pane", "  pane") + "x",
                MEMBER.replace("label=one", "label=") + "x",
                MEMBER.replace("label=one ", "") + "x")) {
            assertThat(classifier.classify(broken).type()).isEqualTo(EventType.ACTIVITY);
        }
    }

    @Test
    void the_first_output_of_a_command_is_judged_without_the_end_of_the_command_line() {
        assertThat(classifier.classify("\033[?2004l\rError: no"))
                .isEqualTo(new Classification(EventType.ERROR, "error.line.v1", "Error: no"));
        assertThat(classifier.classify("\rError: no").type()).isEqualTo(EventType.ACTIVITY);
    }

    @Test
    void a_coloured_record_is_judged_and_shown_without_its_colours() {
        assertThat(classifier.classify("\033[31mError: no\033[0m"))
                .isEqualTo(new Classification(EventType.ERROR, "error.line.v1", "Error: no"));
        assertThat(classifier.classify("\033[31mBearer " + "t".repeat(20)).excerpt())
                .isEqualTo("Bearer <redacted:bearer>");
    }

    @Test
    void an_excerpt_is_cut_to_whole_characters_and_its_marker() {
        String exact = "é".repeat(512);
        assertThat(classifier.classify(exact).excerpt()).isEqualTo(exact);
        String cut = classifier.classify(exact + "x").excerpt();
        assertThat(cut).isEqualTo("é".repeat(505) + "…[truncated]");
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(new Excerpts(5, "…[truncated]").of("x".repeat(9))).isEqualTo("…[t");
        assertThat(new Excerpts(2, "…[truncated]").of("x".repeat(9))).isEmpty();
    }

    @Test
    void a_secret_that_a_cut_divides_is_replaced() {
        assertThat(classifier
                        .classifyRest("x sk-AAAAAAAAAA", "AAAAAAAAAAAAAAA and more")
                        .excerpt())
                .isEqualTo("<redacted:openai-key> and more");
        assertThat(classifier.classifyRest("no secret", " here").excerpt()).isEqualTo(" here");
    }

    @Test
    void own_rules_join_by_priority_and_come_first_among_equals() {
        EventRule deploy =
                new EventRule("own.deploy.v1", EventType.COMPLETED, 31, record -> record.contains("deployed"));
        EventClassifier own = new EventClassifier(EventSettings.DEFAULT, List.of(deploy));
        assertThat(own.classify("Error: deployed").ruleId()).isEqualTo("own.deploy.v1");
        assertThat(own.rules()).hasSize(12).element(3).isSameAs(deploy);
        assertThat(own.classify("TODO(human) deployed").ruleId()).isEqualTo("manual_review.v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                ">",
                "> ",
                " ",
                "=",
                "=== 1 ",
                "a::",
                "FAILED a",
                "tests ",
                "done",
                "DONE DONEx ",
                "REVIEW ",
                "é",
                "\033["
            })
    @Timeout(20)
    void takes_time_in_proportion_to_the_record(String piece) {
        String record = piece.repeat((1 << 20) / piece.length());
        assertThat(classifier.classify(record + "x").excerpt()).isNotNull();
        assertThat(classifier.classify("FAILED " + record + "x").excerpt()).isNotNull();
    }
}
