package dev.agenttower.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AgentRulesPropertyTest {
    @Property
    void a_label_is_one_clean_line_within_its_limit_or_refused(@ForAll String value) {
        attempt(AgentRules::label, value, Set.of(ErrorCode.FIELD_TOO_LONG, ErrorCode.VALUE_OUT_OF_SET))
                .ifPresent(label -> {
                    assertThat(label.chars()).noneMatch(c -> c < 0x20 || c == 0x7f);
                    assertThat(Text.length(label)).isLessThanOrEqualTo(AgentRules.MAX_LABEL);
                    assertThat(AgentRules.label(label)).isEqualTo(label);
                });
    }

    @Property
    void a_project_path_is_empty_or_absolute_without_steps_upwards_or_refused(@ForAll @From("paths") String value) {
        Set<ErrorCode> codes = Set.of(ErrorCode.PROJECT_PATH_INVALID, ErrorCode.FIELD_TOO_LONG);
        attempt(AgentRules::projectPath, value, codes).ifPresent(path -> {
            if (!path.isEmpty()) {
                assertThat(path).startsWith("/");
            }
            assertThat(Arrays.asList(path.split("/", -1))).doesNotContain("..");
            assertThat(path.chars()).noneMatch(c -> c < 0x20 || c == 0x7f);
            assertThat(AgentRules.projectPath(path)).isEqualTo(path);
        });
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> segment =
                Arbitraries.oneOf(Arbitraries.of("..", ".", "", "a", "..\u0001", ".\t."), Arbitraries.strings());
        return segment.list().ofMaxSize(6).map(segments -> "/" + String.join("/", segments));
    }

    private static Optional<String> attempt(UnaryOperator<String> rule, String value, Set<ErrorCode> codes) {
        try {
            return Optional.of(rule.apply(value));
        } catch (RefusedException refusal) {
            assertThat(codes).contains(refusal.code());
            return Optional.empty();
        }
    }
}
