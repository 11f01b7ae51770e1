CREATE TABLE IF NOT EXISTS panes (
    container_id         TEXT NOT NULL,
    tmux_socket_path     TEXT NOT NULL,
    tmux_session_name    TEXT NOT NULL,
    tmux_window_index    INTEGER NOT NULL,
    tmux_pane_index      INTEGER NOT NULL,
    tmux_pane_id         TEXT NOT NULL,
    container_name       TEXT NOT NULL,
    container_user       TEXT NOT NULL,
    pane_pid             INTEGER NOT NULL,
    pane_tty             TEXT NOT NULL,
    pane_current_command TEXT NOT NULL,
    pane_current_path    TEXT NOT NULL,
    pane_title           TEXT NOT NULL,
    pane_active          INTEGER NOT NULL CHECK (pane_active IN (0, 1)),
    active               INTEGER NOT NULL CHECK (active IN (0, 1)),
    first_seen_at        TEXT NOT NULL,
    last_scanned_at      TEXT NOT NULL,
    PRIMARY KEY (
        container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id)
);
CREATE INDEX IF NOT EXISTS panes_active_order ON panes (
    active DESC, container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index);
CREATE INDEX IF NOT EXISTS panes_container_socket ON panes (container_id, tmux_socket_path);

CREATE TABLE IF NOT EXISTS pane_scans (
    scan_id                     TEXT PRIMARY KEY,
    started_at                  TEXT NOT NULL,
    completed_at                TEXT NOT NULL,
    status                      TEXT NOT NULL CHECK (status IN ('ok', 'degraded')),
    containers_scanned          INTEGER NOT NULL,
    sockets_scanned             INTEGER NOT NULL,
    panes_seen                  INTEGER NOT NULL,
    panes_newly_active          INTEGER NOT NULL,
    panes_reconciled_inactive   INTEGER NOT NULL,
    containers_skipped_inactive INTEGER NOT NULL,
    containers_tmux_unavailable INTEGER NOT NULL,
    error_code                  TEXT,
    error_message               TEXT,
    error_details_json          TEXT
);
CREATE INDEX IF NOT EXISTS pane_scans_started ON pane_scans (started_at DESC);
