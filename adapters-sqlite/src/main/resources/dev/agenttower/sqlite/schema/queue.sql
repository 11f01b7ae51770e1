-- Why the last attempt to deliver a queued message typed nothing; a queued message without a row was not tried yet.
CREATE TABLE IF NOT EXISTS message_holds (
    message_id TEXT NOT NULL PRIMARY KEY,
    reason     TEXT NOT NULL
);

-- The process of the target's pane when a message began to wait, as long as it waits.
CREATE TABLE IF NOT EXISTS message_panes (
    message_id TEXT NOT NULL PRIMARY KEY,
    pane_pid   INTEGER NOT NULL
);

-- What the hooks of an agent told of a typed message; a message without a row was not shown by them.
CREATE TABLE IF NOT EXISTS message_receipts (
    message_id  TEXT NOT NULL PRIMARY KEY,
    received_at TEXT NOT NULL,
    answered_at TEXT,
    answer      TEXT
);

-- When it was found that the hooks of an agent did not show a typed message in time, until they do.
CREATE TABLE IF NOT EXISTS message_misses (
    message_id TEXT NOT NULL PRIMARY KEY,
    missed_at  TEXT NOT NULL
);

-- What a sender asked for beside the text, where that is anything; typed_with is the first message of the prompt that a digest was typed in.
CREATE TABLE IF NOT EXISTS message_options (
    message_id TEXT NOT NULL PRIMARY KEY,
    send_when  TEXT,
    digest     INTEGER NOT NULL,
    command    INTEGER NOT NULL,
    typed_with TEXT
);

CREATE INDEX IF NOT EXISTS message_options_typed_with ON message_options (typed_with) WHERE typed_with IS NOT NULL;

-- The foreground program of an agent's pane when it was adopted, where it is known.
CREATE TABLE IF NOT EXISTS agent_programs (
    agent_id TEXT NOT NULL PRIMARY KEY,
    program  TEXT NOT NULL
);

-- The keys by which clients mark repetitions of a request, and what the first request stored.
CREATE TABLE IF NOT EXISTS request_keys (
    number         INTEGER PRIMARY KEY AUTOINCREMENT,
    scope          TEXT NOT NULL,
    request_key    TEXT NOT NULL,
    message_id     TEXT NOT NULL,
    state          TEXT NOT NULL,
    block_reason   TEXT,
    target_id      TEXT NOT NULL,
    request_sha256 TEXT NOT NULL,
    UNIQUE (scope, request_key)
);

-- What the audit trail needs of a transition beside its event, until it is written.
CREATE TABLE IF NOT EXISTS unwritten_audits (
    event_id   INTEGER NOT NULL PRIMARY KEY,
    message_id TEXT,
    from_state TEXT,
    to_state   TEXT NOT NULL,
    reason     TEXT,
    operator   TEXT
);

CREATE INDEX IF NOT EXISTS message_queue_waiting
    ON message_queue (enqueued_at, message_id, target_container_id, target_pane_id)
    WHERE state = 'queued' AND delivery_attempt_started_at IS NULL;

CREATE INDEX IF NOT EXISTS message_queue_by_priority ON message_queue (
    CASE state WHEN 'queued' THEN 1 WHEN 'blocked' THEN 2 WHEN 'failed' THEN 3
        WHEN 'delivered' THEN 4 WHEN 'canceled' THEN 5 ELSE 99 END, enqueued_at, message_id);

CREATE INDEX IF NOT EXISTS message_queue_by_last_updated ON message_queue (last_updated_at, message_id);
