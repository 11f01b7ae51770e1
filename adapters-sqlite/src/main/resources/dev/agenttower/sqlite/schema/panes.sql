-- What makes a pane itself, by its address; a row of panes that has none is known by the address alone.
CREATE TABLE IF NOT EXISTS pane_identities (
    container_id      TEXT NOT NULL,
    tmux_socket_path  TEXT NOT NULL,
    tmux_session_name TEXT NOT NULL,
    tmux_window_index INTEGER NOT NULL,
    tmux_pane_index   INTEGER NOT NULL,
    tmux_pane_id      TEXT NOT NULL,
    server_pid        INTEGER NOT NULL,
    server_started    INTEGER NOT NULL,
    process_ticks     INTEGER,
    PRIMARY KEY (
        container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id)
);
