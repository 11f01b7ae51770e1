-- Tables beside the numbered schema: an older build does not look at them.
CREATE TABLE IF NOT EXISTS governed_projects (
    name          TEXT NOT NULL PRIMARY KEY,
    path          TEXT NOT NULL UNIQUE,
    is_framework  INTEGER NOT NULL CHECK (is_framework IN (0, 1)),
    registered_at TEXT NOT NULL
);

-- Written by older builds, which knew no kernel sessions.
CREATE TABLE IF NOT EXISTS agent_processes (
    boot_id     TEXT NOT NULL,
    pid         INTEGER NOT NULL,
    start_ticks INTEGER NOT NULL,
    PRIMARY KEY (boot_id, pid, start_ticks)
);

CREATE TABLE IF NOT EXISTS agent_marks (
    boot_id              TEXT NOT NULL,
    pid                  INTEGER NOT NULL,
    start_ticks          INTEGER NOT NULL,
    kernel_session       INTEGER NOT NULL,
    session_leader_ticks INTEGER NOT NULL,
    PRIMARY KEY (boot_id, pid, start_ticks, kernel_session, session_leader_ticks)
);

INSERT OR IGNORE INTO agent_marks (boot_id, pid, start_ticks, kernel_session, session_leader_ticks)
    SELECT boot_id, pid, start_ticks, 0, 0 FROM agent_processes;

DELETE FROM agent_processes;

CREATE TABLE IF NOT EXISTS agent_pane_marks (
    boot_id      TEXT NOT NULL,
    server_pid   INTEGER NOT NULL,
    server_ticks INTEGER NOT NULL,
    pane_id      TEXT NOT NULL,
    is_whole     INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
    PRIMARY KEY (boot_id, server_pid, server_ticks, pane_id)
);

-- What is known of the sovereign files of a project, kept where its agents do not work.
CREATE TABLE IF NOT EXISTS sovereign_files (
    registration    TEXT NOT NULL,
    path            TEXT NOT NULL,
    is_declared     INTEGER NOT NULL CHECK (is_declared IN (0, 1)),
    sha256          TEXT,
    note            TEXT,
    expected_sha256 TEXT,
    untold_noticed  TEXT CHECK (untold_noticed IN ('start', 'watch')),
    untold_sha256   TEXT,
    untold_note     TEXT,
    untold_ledger   TEXT,
    PRIMARY KEY (registration, path),
    CHECK ((untold_noticed IS NULL) = (untold_ledger IS NULL))
);

CREATE TABLE IF NOT EXISTS sovereign_drifts (
    registration TEXT NOT NULL PRIMARY KEY,
    path         TEXT NOT NULL,
    ts           TEXT NOT NULL,
    event_id     TEXT NOT NULL
);

-- Events that tell of a write to a file of a project, noted before the file is written.
CREATE TABLE IF NOT EXISTS promised_events (
    registration TEXT NOT NULL,
    file         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    shown        TEXT NOT NULL,
    event        TEXT NOT NULL,
    ledger       TEXT NOT NULL,
    PRIMARY KEY (registration, file, subject)
);

-- What the daemon wrote to the ledger of a project: the end it knows, and the batch that it was about to write after that.
CREATE TABLE IF NOT EXISTS ledger_ends (
    registration TEXT NOT NULL PRIMARY KEY,
    known_offset INTEGER NOT NULL,
    known_hash   TEXT NOT NULL,
    batch_start  INTEGER,
    batch_end    INTEGER,
    batch_hash   TEXT,
    batch_hashes TEXT,
    CHECK ((batch_start IS NULL) = (batch_end IS NULL)
        AND (batch_start IS NULL) = (batch_hash IS NULL)
        AND (batch_start IS NULL) = (batch_hashes IS NULL))
);

-- What others wrote there.
CREATE TABLE IF NOT EXISTS ledger_external_events (
    registration   TEXT NOT NULL,
    from_offset    INTEGER NOT NULL,
    to_offset      INTEGER NOT NULL,
    events         INTEGER NOT NULL,
    first_event_id TEXT NOT NULL,
    last_event_id  TEXT NOT NULL,
    is_told        INTEGER NOT NULL CHECK (is_told IN (0, 1)),
    PRIMARY KEY (registration, from_offset)
);

-- Which changes of a project the daemon is about to apply, which decisions it made, and which of others it told of.
CREATE TABLE IF NOT EXISTS change_notes (
    registration  TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN (
        'looked', 'intent', 'decision', 'foreign_record', 'foreign_decision')),
    id            TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    untold_ledger TEXT,
    PRIMARY KEY (registration, kind, id)
);

-- Of which change requests the agents have not been told yet what became of them, as notes of the kind 'untold'.
CREATE TABLE IF NOT EXISTS untold_changes (
    registration  TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind = 'untold'),
    id            TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    untold_ledger TEXT,
    PRIMARY KEY (registration, kind, id)
);
