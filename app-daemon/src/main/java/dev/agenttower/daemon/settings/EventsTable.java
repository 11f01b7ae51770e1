package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.util.Iterator;
import java.util.Set;

/** Validates and reads the {@code [events]} table. */
final class EventsTable {
    private static final Set<String> KEYS = Set.of(
            "reader_cycle_wallclock_cap_seconds",
            "per_cycle_byte_cap_bytes",
            "per_event_excerpt_cap_bytes",
            "excerpt_truncation_marker",
            "debounce_activity_window_seconds",
            "pane_exited_grace_seconds",
            "long_running_grace_seconds",
            "default_page_size",
            "max_page_size",
            "follow_long_poll_max_seconds",
            "follow_session_idle_timeout_seconds",
            "rules");
    private static final double NO_LIMIT = Double.MAX_VALUE;
    private static final double MAX_DEBOUNCE = 5.0;
    private static final double MAX_GRACE = 30.0;
    private static final int MAX_PAGE = 50;

    private final TomlTable table;

    private EventsTable(TomlTable table) {
        this.table = table;
    }

    /**
     * The settings in a table.
     *
     * @throws InvalidSettingsException if a key is unknown or a value breaks its rule
     */
    static EventSettings settings(TomlTable table) {
        return new EventsTable(table).read();
    }

    private EventSettings read() {
        refuseUnknownKeys();
        EventSettings unset = EventSettings.DEFAULT;
        EventSettings read = new EventSettings(
                seconds("reader_cycle_wallclock_cap_seconds", unset.readerCycleWallclockCapSeconds(), NO_LIMIT),
                count("per_cycle_byte_cap_bytes", unset.perCycleByteCapBytes(), Integer.MAX_VALUE),
                count("per_event_excerpt_cap_bytes", unset.perEventExcerptCapBytes(), Integer.MAX_VALUE),
                text("excerpt_truncation_marker", unset.excerptTruncationMarker()),
                seconds("debounce_activity_window_seconds", unset.debounceActivityWindowSeconds(), MAX_DEBOUNCE),
                seconds("pane_exited_grace_seconds", unset.paneExitedGraceSeconds(), MAX_GRACE),
                seconds("long_running_grace_seconds", unset.longRunningGraceSeconds(), NO_LIMIT),
                count("default_page_size", unset.defaultPageSize(), MAX_PAGE),
                count("max_page_size", unset.maxPageSize(), MAX_PAGE),
                seconds("follow_long_poll_max_seconds", unset.followLongPollMaxSeconds(), NO_LIMIT),
                seconds("follow_session_idle_timeout_seconds", unset.followSessionIdleTimeoutSeconds(), NO_LIMIT));
        compare(read);
        return read;
    }

    private void refuseUnknownKeys() {
        for (Iterator<String> keys = table.keys(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw TomlTable.invalid("[events] unknown key '" + key + "'");
            }
        }
    }

    private static void compare(EventSettings read) {
        if (read.defaultPageSize() > read.maxPageSize()) {
            throw TomlTable.invalid("[events] default_page_size (%d) must be ≤ max_page_size (%d)"
                    .formatted(read.defaultPageSize(), read.maxPageSize()));
        }
        if (read.perCycleByteCapBytes() < read.perEventExcerptCapBytes()) {
            throw TomlTable.invalid("[events] per_cycle_byte_cap_bytes (%d) must be ≥ per_event_excerpt_cap_bytes (%d)"
                    .formatted(read.perCycleByteCapBytes(), read.perEventExcerptCapBytes()));
        }
    }

    private double seconds(String key, double unset, double max) {
        return table.find(key).map(value -> seconds(key, value, max)).orElse(unset);
    }

    private static double seconds(String key, JsonNode value, double max) {
        if (!value.isNumber() || Double.isInfinite(value.doubleValue())) {
            throw broken(key, "must be a number", value);
        }
        double number = value.doubleValue();
        if (!(number > 0)) { // this form also rejects NaN
            throw broken(key, "must be > 0", value);
        }
        if (number > max) {
            throw broken(key, "must be ≤ " + max, value);
        }
        return number;
    }

    private int count(String key, int unset, int max) {
        return table.find(key).map(value -> count(key, value, max)).orElse(unset);
    }

    private static int count(String key, JsonNode value, int max) {
        if (!value.isIntegralNumber()) {
            throw broken(key, "must be an integer", value);
        }
        if (value.bigIntegerValue().signum() <= 0) {
            throw broken(key, "must be > 0", value);
        }
        if (!value.canConvertToInt() || value.intValue() > max) {
            throw broken(key, "must be ≤ " + max, value);
        }
        return value.intValue();
    }

    private String text(String key, String unset) {
        return table.find(key).map(value -> text(key, value)).orElse(unset);
    }

    private static String text(String key, JsonNode value) {
        if (!value.isTextual()) {
            throw broken(key, "must be a string", value);
        }
        return value.textValue();
    }

    private static InvalidSettingsException broken(String key, String rule, JsonNode value) {
        return TomlTable.invalid("[events] " + key + " " + rule + "; got " + TomlTable.shown(value));
    }
}
