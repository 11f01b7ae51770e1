package dev.agenttower.core.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The two text forms of an instant in tables and protocols. */
public final class Timestamps {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** {@code 2026-05-05T18:01:34.692118+00:00}: UTC, always six digits of fraction. */
    public static String micros(Instant instant) {
        return MICROS.format(instant);
    }

    /** {@code 2026-05-05T18:01:34.692Z}: UTC, always three digits of fraction. */
    public static String millis(Instant instant) {
        return MILLIS.format(instant);
    }
}
