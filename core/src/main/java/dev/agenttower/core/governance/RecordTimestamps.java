package dev.agenttower.core.governance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** The text forms of times in the files of a project. All are UTC. */
public final class RecordTimestamps {
    private static final DateTimeFormatter SECONDS = form("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROS = form("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final DateTimeFormatter ID = form("uuuuMMdd_HHmmss");
    private static final DateTimeFormatter ID_MILLIS = form("uuuuMMdd_HHmmss_SSS");
    private static final DateTimeFormatter MINUTES = form("uuuu-MM-dd HH:mm");

    private RecordTimestamps() {}

    /** {@code 2026-02-20T21:13:15.067233Z}; without the fraction when the microseconds are exactly 0. */
    public static String iso(Instant instant) {
        return (instant.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROS).format(instant);
    }

    /** {@code 20260220_211315}. */
    public static String id(Instant instant) {
        return ID.format(instant);
    }

    /** {@code 20260220_211315_067}. */
    public static String idMillis(Instant instant) {
        return ID_MILLIS.format(instant);
    }

    /** {@code 2026-02-20 21:13}. */
    public static String minutes(Instant instant) {
        return MINUTES.format(instant);
    }

    /** Parses an ISO-8601 text; a text without offset is UTC, one without time is midnight. */
    public static Optional<Instant> parse(String text) {
        try {
            if (text.length() <= "2026-02-20".length()) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
            boolean hasOffset = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
            return Optional.of(
                    hasOffset
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
