package dev.agenttower.daemon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RepetitionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "abc 1",
                "a{3} 3",
                "a{3,} 3",
                "a{2,5} 5",
                "(a{2}){3} 6",
                "((a{1,100}){1,100}){1,100}b 1000000",
                "(a{2}b{7})c{9}|d{4} 9",
                "(?:x(y{3})+){4} 12",
                "a{x} 1",
                "a{3 1",
                "[{3}]{2} 2",
                "[]{9}]{2} 2",
                "[^]{9}]{2} 2",
                "[[:alpha:]{9}]{2} 2",
                "[\\]{9}]{2} 2",
                "\\x{1000}{2} 2",
                "\\p{Greek}{5} 5",
                "\\Qa{9}\\E{2} 2",
                "\\{9}{2} 2",
                ")a{3} 3",
                "\\ 1"
            })
    void counts_the_copies_of_a_part(String pattern, long copies) {
        assertThat(Repetitions.of(pattern)).isEqualTo(copies);
    }

    @Test
    void an_open_end_of_any_kind_ends() {
        for (String open : new String[] {"(", "[", "[^", "[[:", "\\Q", "\\p{", "a{", "(a{2}"}) {
            assertThat(Repetitions.of(open)).isPositive();
        }
    }
}
