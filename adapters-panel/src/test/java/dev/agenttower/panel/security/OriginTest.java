package dev.agenttower.panel.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginTest {
    private final Origin origin = new Origin(8123);

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:8124",
                "localhost:8123",
                "[::1]:8123",
                "127.0.0.1:8123.evil.example",
                "evil.example:8123",
                "127.0.0.1:08123"
            })
    void only_its_own_address_is_a_host(@Nullable String host) {
        assertThat(origin.isHost(host)).isFalse();
        assertThat(origin.isHost("127.0.0.1:8123")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -",
                "null, -",
                "-, same-origin",
                "https://127.0.0.1:8123, -",
                "http://127.0.0.1:3000, same-site",
                "http://localhost:8123, -",
                "http://127.0.0.1:8123.evil.example, -",
                "http://127.0.0.1:8123, cross-site",
                "http://127.0.0.1:8123, same-site"
            })
    void a_change_comes_from_an_own_page_alone(@Nullable String from, @Nullable String site) {
        assertThat(origin.isOwnPage(from, site)).isFalse();
    }

    @Test
    void an_own_page_may_change_things() {
        assertThat(origin.isOwnPage("http://127.0.0.1:8123", "same-origin")).isTrue();
        assertThat(origin.isOwnPage("http://127.0.0.1:8123", null)).isTrue();
    }

    @Test
    void a_read_is_started_by_the_human_or_by_an_own_page() {
        assertThat(Origin.isOwnRead(null)).isTrue();
        assertThat(Origin.isOwnRead("none")).isTrue();
        assertThat(Origin.isOwnRead("same-origin")).isTrue();
        assertThat(Origin.isOwnRead("same-site")).isFalse();
        assertThat(Origin.isOwnRead("cross-site")).isFalse();
    }
}
