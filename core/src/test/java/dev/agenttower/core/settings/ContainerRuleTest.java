package dev.agenttower.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerRuleTest {
    @ParameterizedTest
    @CsvSource({
        "bench, py-BENCH-1",
        "BENCH, py-bench",
        "straße, STRASSE",
        "strasse, Straße",
        "gross, GROẞ",
        "οδος, ΟΔΟΣ-1",
        "οδοσ, οδος",
        "a.c, xa.cx",
    })
    void a_needle_matches_whatever_the_case(String needle, String name) {
        assertThat(new ContainerRule(List.of(needle)).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"bench, redis", "a.c, abc", "b*, bench"})
    void a_needle_is_no_pattern(String needle, String name) {
        assertThat(new ContainerRule(List.of("zzz", needle)).matches(name)).isFalse();
    }
}
