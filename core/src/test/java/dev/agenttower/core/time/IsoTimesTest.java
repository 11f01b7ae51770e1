package dev.agenttower.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-05-10T12:34:56.789012+00:00, 2026-05-10T12:34:56.789012Z",
        "2026-05-10T12:34:56Z, 2026-05-10T12:34:56Z",
        "2026-05-10 12:34Z, 2026-05-10T12:34:00Z",
        "20260510T123456+0200, 2026-05-10T10:34:56Z",
        "'2026-05-10T12:34:56,5-01', 2026-05-10T13:34:56.500Z",
        "2026-05-10T12:34:56.1234567Z, 2026-05-10T12:34:56.123456Z",
        "2026-W19-7T00:00Z, 2026-05-10T00:00:00Z",
        "2026-W19T00:00Z, 2026-05-04T00:00:00Z",
        "2026-05-10T00:00+23:59, 2026-05-09T00:01:00Z"
    })
    void reads_a_time_with_an_offset(String text, String instant) {
        assertThat(IsoTimes.parse(text)).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-05-10",
                "2026-05-10T12:34:56",
                "2026-05-10T12:34:56z",
                "2026-05-10T24:00:00Z",
                "2026-13-10T00:00Z",
                "2026-02-30T00:00Z",
                "2026-05-10T12:60Z",
                "2026-W54-1T00:00Z",
                "2026-05-10T12:00+24:00",
                "now",
                "1715342096"
            })
    void refuses_other_texts(String text) {
        assertThat(IsoTimes.parse(text)).isEmpty();
    }
}
