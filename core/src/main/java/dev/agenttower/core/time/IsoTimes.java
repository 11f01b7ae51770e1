package dev.agenttower.core.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times of ISO 8601 that name their offset: calendar and week dates, the extended and the basic form, any character between date and
 * time, a fraction after a point or a comma, and {@code Z} or a numeric offset. What is finer than a microsecond is cut off.
 */
public final class IsoTimes {
    private static final Pattern TIME = Pattern.compile(
            "(?:(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)|(?<year2>\\d{4})(?<month2>\\d\\d)(?<day2>\\d\\d)"
                    + "|(?<wyear>\\d{4})-?W(?<week>\\d\\d)(?:-?(?<weekday>\\d))?)"
                    + "."
                    + "(?<hour>\\d\\d)(?:(?::?(?<minute>\\d\\d))(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?)?"
                    + "(?:Z|(?<sign>[+-])(?<ohour>\\d\\d)(?::?(?<ominute>\\d\\d)(?::?(?<osecond>\\d\\d))?)?)");
    private static final int FRACTION_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1000;

    private IsoTimes() {}

    /** The instant of a text; empty if it is none, or names no offset. */
    public static Optional<Instant> parse(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            long offset = number(time, "ohour") * 3600L + number(time, "ominute") * 60L + number(time, "osecond");
            if (offset >= 86_400 || number(time, "ominute") > 59) {
                return Optional.empty();
            }
            LocalTime clock = LocalTime.of(number(time, "hour"), number(time, "minute"), number(time, "second"))
                    .withNano(nanos(time.group("fraction")));
            Instant local = date(time).atTime(clock).toInstant(ZoneOffset.UTC);
            return Optional.of(local.minusSeconds("-".equals(time.group("sign")) ? -offset : offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDate date(Matcher time) {
        if (time.group("wyear") != null) {
            int week = number(time, "week");
            int day = time.group("weekday") == null ? 1 : number(time, "weekday");
            LocalDate inFirstWeek = LocalDate.of(number(time, "wyear"), 1, 4);
            return inFirstWeek.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week).with(ChronoField.DAY_OF_WEEK, day);
        }
        return time.group("year") != null
                ? LocalDate.of(number(time, "year"), number(time, "month"), number(time, "day"))
                : LocalDate.of(number(time, "year2"), number(time, "month2"), number(time, "day2"));
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        String micros = (fraction + "000000").substring(0, FRACTION_DIGITS);
        return Integer.parseInt(micros) * NANOS_PER_MICRO;
    }

    private static int number(Matcher time, String group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
