-- Activity that is not an event yet, stored with the offset of its log, so that a crash loses none.
CREATE TABLE IF NOT EXISTS activity_windows (
    attachment_id      TEXT NOT NULL PRIMARY KEY,
    window_id          TEXT NOT NULL,
    classifier_rule_id TEXT NOT NULL,
    excerpt            TEXT NOT NULL,
    observed_at        TEXT NOT NULL,
    collapsed_count    INTEGER NOT NULL CHECK (collapsed_count >= 1),
    byte_range_start   INTEGER NOT NULL,
    byte_range_end     INTEGER NOT NULL,
    line_offset_start  INTEGER NOT NULL,
    line_offset_end    INTEGER NOT NULL,
    started_at         TEXT NOT NULL
);

-- Pages of events by time, byte and id.
CREATE INDEX IF NOT EXISTS events_by_time
    ON events (observed_at, COALESCE(byte_range_start, -1), event_id);
