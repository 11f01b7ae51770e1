CREATE TABLE IF NOT EXISTS containers (
    container_id    TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    image           TEXT NOT NULL,
    status          TEXT NOT NULL,
    labels_json     TEXT NOT NULL DEFAULT '{}',
    mounts_json     TEXT NOT NULL DEFAULT '[]',
    inspect_json    TEXT NOT NULL DEFAULT '{}',
    config_user     TEXT,
    working_dir     TEXT,
    active          INTEGER NOT NULL CHECK (active IN (0, 1)),
    first_seen_at   TEXT NOT NULL,
    last_scanned_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS containers_active_lastscan
    ON containers (active DESC, last_scanned_at DESC, container_id ASC);

CREATE TABLE IF NOT EXISTS container_scans (
    scan_id                   TEXT PRIMARY KEY,
    started_at                TEXT NOT NULL,
    completed_at              TEXT NOT NULL,
    status                    TEXT NOT NULL CHECK (status IN ('ok', 'degraded')),
    matched_count             INTEGER NOT NULL,
    inactive_reconciled_count INTEGER NOT NULL,
    ignored_count             INTEGER NOT NULL,
    error_code                TEXT,
    error_message             TEXT,
    error_details_json        TEXT
);
CREATE INDEX IF NOT EXISTS container_scans_started ON container_scans (started_at DESC);
