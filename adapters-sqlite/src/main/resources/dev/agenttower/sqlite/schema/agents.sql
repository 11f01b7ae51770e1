-- Panes whose agent was forgotten while they lived: rules of adoption leave them alone. An unknown server is 0.
CREATE TABLE IF NOT EXISTS declined_panes (
    container_id     TEXT NOT NULL,
    tmux_socket_path TEXT NOT NULL,
    tmux_pane_id     TEXT NOT NULL,
    server_pid       INTEGER NOT NULL,
    server_started   INTEGER NOT NULL,
    PRIMARY KEY (container_id, tmux_socket_path, tmux_pane_id, server_pid, server_started)
);
