package dev.agenttower.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdoptionRuleTest {
    private static final AdoptablePane PANE = pane("api-bench", "work");

    private static AdoptablePane pane(String container, String session) {
        return new AdoptablePane(
                new PaneKey(new ContainerId("c"), "/tmp/tmux-1000/default", session, 3, 1, "%7"), container);
    }

    @ParameterizedTest
    @CsvSource({
        "api-bench, true",
        "api-*, true",
        "*bench, true",
        "*, true",
        "**, true",
        "a*-*h, true",
        "api?bench, true",
        "?, false",
        "api, false",
        "API-*, false",
        "api-bench?, false",
        "*x*, false"
    })
    void a_pattern_takes_the_whole_name(String pattern, boolean fits) {
        assertThat(new NamePattern(pattern).matches("api-bench")).isEqualTo(fits);
    }

    @Test
    void no_pattern_takes_long() {
        NamePattern worst = new NamePattern("*a".repeat(60) + "b");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(worst.matches("a".repeat(10_000))).isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129})
    void a_pattern_has_a_length(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NamePattern("x".repeat(length)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, work, true",
                "api-*, none, true",
                "api-*, w*, true",
                "api-*, other, false",
                "web-*, w*, false",
                "web-*, none, false"
            })
    void a_rule_takes_what_fits_both_patterns(@Nullable String container, @Nullable String session, boolean fits) {
        AdoptionRule rule = new AdoptionRule(
                "rule",
                container == null ? null : new NamePattern(container),
                session == null ? null : new NamePattern(session),
                Role.SLAVE,
                Capability.CLAUDE,
                new LabelPattern(""),
                false);
        assertThat(rule.matches(PANE)).isEqualTo(fits);
    }

    @ParameterizedTest
    @EnumSource(names = {"MASTER", "SWARM"})
    void no_rule_makes_an_agent_that_needs_a_person_or_a_parent(Role role) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdoptionRule(
                        "rule", new NamePattern("*"), null, role, Capability.CLAUDE, new LabelPattern(""), false));
    }

    @Test
    void a_label_names_the_place_of_the_pane() {
        assertThat(label("{container}/{session}:{window}.{pane}")).isEqualTo("api-bench/work:3.1");
        assertThat(label("{session}{session}")).isEqualTo("workwork");
        assertThat(label("plain")).isEqualTo("plain");
        assertThat(label("")).isEmpty();
        assertThat(new LabelPattern("{session}").label(pane("b", "a$1\\{pane}\t"), taken()))
                .isEqualTo("a$1\\{pane} ");
    }

    @Test
    void a_label_that_is_taken_gets_a_number() {
        assertThat(label("{session}", "work")).isEqualTo("work-2");
        assertThat(label("{session}", "work", "work-2", "work-3")).isEqualTo("work-4");
    }

    @Test
    void a_label_that_names_somebody_else_gets_a_number() {
        assertThat(label("host-operator")).isEqualTo("host-operator-2");
        assertThat(label("agt_0123456789ab")).isEqualTo("agt_0123456789ab-2");
    }

    @Test
    void a_label_is_cut_to_its_length() {
        String wide = "😀".repeat(80);
        assertThat(new LabelPattern("{session}").label(pane("b", wide), taken()))
                .isEqualTo("😀".repeat(64));
        assertThat(new LabelPattern("{session}").label(pane("b", wide), taken("😀".repeat(64))))
                .isEqualTo("😀".repeat(62) + "-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{host}", "{}", "{Session}", "a {pane id} b"})
    void an_unknown_placeholder_is_refused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelPattern(pattern))
                .withMessageContaining("unknown placeholder {")
                .withMessageContaining("{container}, {session}, {window} or {pane}");
    }

    private static String label(String pattern, String... taken) {
        return new LabelPattern(pattern).label(PANE, taken(taken));
    }

    private static Predicate<String> taken(String... labels) {
        return Set.of(labels)::contains;
    }
}
