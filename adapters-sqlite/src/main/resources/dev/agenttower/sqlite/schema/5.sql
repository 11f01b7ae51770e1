CREATE TABLE IF NOT EXISTS log_attachments (
    attachment_id     TEXT PRIMARY KEY,
    agent_id          TEXT NOT NULL REFERENCES agents (agent_id) ON DELETE RESTRICT,
    container_id      TEXT NOT NULL,
    tmux_socket_path  TEXT NOT NULL,
    tmux_session_name TEXT NOT NULL,
    tmux_window_index INTEGER NOT NULL,
    tmux_pane_index   INTEGER NOT NULL,
    tmux_pane_id      TEXT NOT NULL,
    log_path          TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('active', 'superseded', 'stale', 'detached')),
    source            TEXT NOT NULL CHECK (source IN ('explicit', 'register_self')),
    pipe_pane_command TEXT NOT NULL,
    prior_pipe_target TEXT,
    attached_at       TEXT NOT NULL,
    last_status_at    TEXT NOT NULL,
    superseded_at     TEXT,
    superseded_by     TEXT REFERENCES log_attachments (attachment_id) ON DELETE RESTRICT,
    created_at        TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS log_attachments_agent_status
    ON log_attachments (agent_id, status, last_status_at DESC);
CREATE INDEX IF NOT EXISTS log_attachments_pane_status ON log_attachments (
    container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id, status);
CREATE UNIQUE INDEX IF NOT EXISTS log_attachments_active_log_path
    ON log_attachments (log_path) WHERE status = 'active';

CREATE TABLE IF NOT EXISTS log_offsets (
    agent_id          TEXT NOT NULL REFERENCES agents (agent_id) ON DELETE RESTRICT,
    log_path          TEXT NOT NULL,
    byte_offset       INTEGER NOT NULL DEFAULT 0,
    line_offset       INTEGER NOT NULL DEFAULT 0,
    last_event_offset INTEGER NOT NULL DEFAULT 0,
    last_output_at    TEXT,
    file_inode        TEXT,
    file_size_seen    INTEGER NOT NULL DEFAULT 0,
    created_at        TEXT NOT NULL,
    updated_at        TEXT NOT NULL,
    PRIMARY KEY (agent_id, log_path)
);
CREATE INDEX IF NOT EXISTS log_offsets_agent ON log_offsets (agent_id);
