package dev.agenttower.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentRulesTest {
    @Nested
    class Roles_and_capabilities {
        @ParameterizedTest
        @EnumSource(Role.class)
        void knows_every_role_by_its_name(Role role) {
            assertThat(AgentRules.role(role.wire())).isEqualTo(role);
        }

        @ParameterizedTest
        @EnumSource(Capability.class)
        void knows_every_capability_by_its_name(Capability capability) {
            assertThat(AgentRules.capability(capability.wire())).isEqualTo(capability);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Master", "MASTER", " slave", "test_runner", "boss"})
        void refuses_any_other_role(String value) {
            assertThat(refused(() -> AgentRules.role(value)).code()).isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
        }

        @Test
        void names_the_value_and_the_set() {
            assertThat(refused(() -> AgentRules.capability("Claude")))
                    .hasMessage("capability \"Claude\" is unknown; use one of claude, codex, gemini, opencode, shell,"
                            + " test-runner, unknown");
        }

        @Test
        void cuts_a_long_value_in_its_message() {
            assertThat(refused(() -> AgentRules.role("x".repeat(10_000))).getMessage())
                    .hasSizeLessThan(200);
        }
    }

    @Nested
    class Labels {
        @Test
        void are_made_one_line() {
            assertThat(AgentRules.label("a\tb\nc\u0000d\u001be\u007ff")).isEqualTo("a b cdef");
        }

        @Test
        void may_have_64_code_points() {
            assertThat(AgentRules.label("😀".repeat(64))).isEqualTo("😀".repeat(64));
        }

        @Test
        void are_refused_rather_than_cut() {
            RefusedException refusal = refused(() -> AgentRules.label("x".repeat(65)));
            assertThat(refusal.code()).isEqualTo(ErrorCode.FIELD_TOO_LONG);
            assertThat(refusal).hasMessage("label has 65 characters, at most 64 are allowed; shorten it");
        }

        @ParameterizedTest
        @ValueSource(strings = {"agt_0123456789ab", "agt_\u00010123456789ab", "host-operator"})
        void are_refused_where_they_name_somebody_else(String value) {
            RefusedException refusal = refused(() -> AgentRules.label(value));
            assertThat(refusal.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
            assertThat(refusal.details()).isEqualTo(Map.of("field", "label"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"agt_0123456789a", "agt_0123456789ab2", "my agt_0123456789ab", "host-operators"})
        void may_be_like_the_names_of_others(String value) {
            assertThat(AgentRules.label(value)).isEqualTo(value);
        }

        @Test
        void are_measured_after_cleaning() {
            assertThat(AgentRules.label("x".repeat(64) + "\u0001")).hasSize(64);
        }
    }

    @Nested
    class Project_paths {
        @ParameterizedTest
        @ValueSource(strings = {"", "/", "/srv/app", "/srv//a/", "/a/..b/...", "/ä/😀"})
        void are_kept_as_they_are(String path) {
            assertThat(AgentRules.projectPath(path)).isEqualTo(path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"work", "./work", "~", "/..", "/a/../b", "/a/..", "\u0001", "/a\u0000", "/a/.\u0001."})
        void are_refused_when_not_absolute_or_leading_upwards(String path) {
            assertThat(refused(() -> AgentRules.projectPath(path)).code()).isEqualTo(ErrorCode.PROJECT_PATH_INVALID);
        }

        @Test
        void lose_control_characters() {
            assertThat(AgentRules.projectPath("/a\tb\u007fc")).isEqualTo("/abc");
        }

        @Test
        void are_refused_when_too_long_before_anything_but_NUL() {
            assertThat(refused(() -> AgentRules.projectPath("x".repeat(4097))).code())
                    .isEqualTo(ErrorCode.FIELD_TOO_LONG);
            assertThat(refused(() -> AgentRules.projectPath("x".repeat(4097) + "\u0000"))
                            .code())
                    .isEqualTo(ErrorCode.PROJECT_PATH_INVALID);
        }
    }

    private static RefusedException refused(ThrowingCallable call) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(call)
                .actual();
    }
}
