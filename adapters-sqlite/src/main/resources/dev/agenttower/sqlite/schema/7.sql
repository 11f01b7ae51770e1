CREATE TABLE IF NOT EXISTS message_queue (
    message_id                  TEXT PRIMARY KEY,
    state                       TEXT NOT NULL CHECK (
        state IN ('queued', 'blocked', 'delivered', 'canceled', 'failed')),
    block_reason                TEXT CHECK (block_reason IS NULL OR (state = 'blocked' AND block_reason IN (
        'sender_role_not_permitted', 'target_role_not_permitted', 'target_not_active', 'target_pane_missing',
        'target_container_inactive', 'kill_switch_off', 'operator_delayed'))),
    failure_reason              TEXT CHECK (failure_reason IS NULL OR (state = 'failed' AND failure_reason IN (
        'attempt_interrupted', 'tmux_paste_failed', 'docker_exec_failed', 'tmux_send_keys_failed',
        'pane_disappeared_mid_attempt', 'sqlite_lock_conflict'))),
    sender_agent_id             TEXT NOT NULL,
    sender_label                TEXT NOT NULL,
    sender_role                 TEXT NOT NULL,
    sender_capability           TEXT,
    target_agent_id             TEXT NOT NULL,
    target_label                TEXT NOT NULL,
    target_role                 TEXT NOT NULL,
    target_capability           TEXT,
    target_container_id         TEXT NOT NULL,
    target_pane_id              TEXT NOT NULL,
    envelope_body               BLOB NOT NULL,
    envelope_body_sha256        TEXT NOT NULL,
    envelope_size_bytes         INTEGER NOT NULL CHECK (envelope_size_bytes > 0),
    enqueued_at                 TEXT NOT NULL,
    delivery_attempt_started_at TEXT,
    delivered_at                TEXT,
    failed_at                   TEXT,
    canceled_at                 TEXT,
    last_updated_at             TEXT NOT NULL,
    operator_action             TEXT CHECK (operator_action IN ('approved', 'delayed', 'canceled')),
    operator_action_at          TEXT,
    operator_action_by          TEXT,
    CHECK (state <> 'delivered' OR delivered_at IS NOT NULL),
    CHECK (state <> 'failed' OR failed_at IS NOT NULL),
    CHECK (state <> 'canceled' OR canceled_at IS NOT NULL),
    CHECK ((operator_action IS NULL) = (operator_action_at IS NULL)
        AND (operator_action IS NULL) = (operator_action_by IS NULL))
);
CREATE INDEX IF NOT EXISTS idx_message_queue_state_enqueued
    ON message_queue (state, enqueued_at, message_id);
CREATE INDEX IF NOT EXISTS idx_message_queue_target_enqueued
    ON message_queue (target_agent_id, enqueued_at, message_id);
CREATE INDEX IF NOT EXISTS idx_message_queue_sender_enqueued
    ON message_queue (sender_agent_id, enqueued_at, message_id);
CREATE INDEX IF NOT EXISTS idx_message_queue_in_flight
    ON message_queue (target_agent_id)
    WHERE delivery_attempt_started_at IS NOT NULL
        AND delivered_at IS NULL AND failed_at IS NULL AND canceled_at IS NULL;

CREATE TABLE IF NOT EXISTS daemon_state (
    key             TEXT PRIMARY KEY CHECK (key IN ('routing_enabled')),
    value           TEXT NOT NULL CHECK (value IN ('enabled', 'disabled')),
    last_updated_at TEXT NOT NULL,
    last_updated_by TEXT NOT NULL
);
INSERT OR IGNORE INTO daemon_state (key, value, last_updated_at, last_updated_by)
    VALUES ('routing_enabled', 'enabled', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '(daemon-init)');

-- when: SELECT 1 FROM pragma_table_info('events') WHERE name = 'attachment_id' AND "notnull" = 1
CREATE TABLE events_rebuilt (
    event_id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    event_type                 TEXT NOT NULL CHECK (event_type IN (
        'activity', 'waiting_for_input', 'completed', 'error', 'test_failed', 'test_passed',
        'manual_review_needed', 'long_running', 'pane_exited', 'swarm_member_reported',
        'queue_message_enqueued', 'queue_message_delivered', 'queue_message_blocked', 'queue_message_failed',
        'queue_message_canceled', 'queue_message_approved', 'queue_message_delayed', 'routing_toggled')),
    agent_id                   TEXT NOT NULL,
    attachment_id              TEXT,
    log_path                   TEXT,
    byte_range_start           INTEGER CHECK (byte_range_start IS NULL OR byte_range_start >= 0),
    byte_range_end             INTEGER CHECK (byte_range_end IS NULL
        OR (byte_range_start IS NOT NULL AND byte_range_end >= byte_range_start)),
    line_offset_start          INTEGER CHECK (line_offset_start IS NULL OR line_offset_start >= 0),
    line_offset_end            INTEGER CHECK (line_offset_end IS NULL
        OR (line_offset_start IS NOT NULL AND line_offset_end >= line_offset_start)),
    observed_at                TEXT NOT NULL,
    record_at                  TEXT CHECK (record_at IS NULL),
    excerpt                    TEXT NOT NULL,
    classifier_rule_id         TEXT,
    debounce_window_id         TEXT,
    debounce_collapsed_count   INTEGER NOT NULL DEFAULT 1 CHECK (debounce_collapsed_count >= 1),
    debounce_window_started_at TEXT,
    debounce_window_ended_at   TEXT,
    schema_version             INTEGER NOT NULL DEFAULT 1 CHECK (schema_version >= 1),
    jsonl_appended_at          TEXT,
    CHECK ((byte_range_start IS NULL) = (byte_range_end IS NULL)),
    CHECK ((line_offset_start IS NULL) = (line_offset_end IS NULL))
);
INSERT INTO events_rebuilt (
        event_id, event_type, agent_id, attachment_id, log_path, byte_range_start, byte_range_end,
        line_offset_start, line_offset_end, observed_at, record_at, excerpt, classifier_rule_id,
        debounce_window_id, debounce_collapsed_count, debounce_window_started_at, debounce_window_ended_at,
        schema_version, jsonl_appended_at)
    SELECT
        event_id, event_type, agent_id, attachment_id, log_path, byte_range_start, byte_range_end,
        line_offset_start, line_offset_end, observed_at, record_at, excerpt, classifier_rule_id,
        debounce_window_id, debounce_collapsed_count, debounce_window_started_at, debounce_window_ended_at,
        schema_version, jsonl_appended_at
    FROM events;
DROP TABLE events;
ALTER TABLE events_rebuilt RENAME TO events;
CREATE INDEX idx_events_agent_eventid ON events (agent_id, event_id);
CREATE INDEX idx_events_type_eventid ON events (event_type, event_id);
CREATE INDEX idx_events_observedat_eventid ON events (observed_at, event_id);
CREATE INDEX idx_events_jsonl_pending ON events (event_id) WHERE jsonl_appended_at IS NULL;
