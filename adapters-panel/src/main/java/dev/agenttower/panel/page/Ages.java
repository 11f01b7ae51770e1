package dev.agenttower.panel.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in words. */
public final class Ages {
    private Ages() {}

    /** Such as {@code 3 min}; empty if {@code timestamp} is no point in time in ISO 8601. */
    public static String since(String timestamp, Instant now) {
        try {
            return text(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeException unreadable) {
            return "";
        }
    }

    private static String text(Duration age) {
        if (age.toMinutes() < 1) {
            return Math.max(age.toSeconds(), 0) + " s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
