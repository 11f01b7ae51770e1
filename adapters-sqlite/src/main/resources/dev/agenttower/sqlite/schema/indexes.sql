-- Indexes that only make reading faster: pages of listings in every order, and the figures of the dashboard.
CREATE INDEX IF NOT EXISTS containers_by_name ON containers (name, container_id);
CREATE INDEX IF NOT EXISTS containers_by_first_seen ON containers (first_seen_at, container_id);
CREATE INDEX IF NOT EXISTS containers_by_last_scanned ON containers (last_scanned_at, container_id);
CREATE INDEX IF NOT EXISTS panes_by_place ON panes (
    container_name, tmux_session_name, tmux_window_index, tmux_pane_index,
    container_id, tmux_socket_path, tmux_pane_id);
CREATE INDEX IF NOT EXISTS panes_by_place_in_container ON panes (
    container_id, container_name, tmux_session_name, tmux_window_index, tmux_pane_index,
    tmux_socket_path, tmux_pane_id);
CREATE INDEX IF NOT EXISTS panes_by_first_seen ON panes (
    first_seen_at, container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
    tmux_pane_id);
CREATE INDEX IF NOT EXISTS panes_by_last_scanned ON panes (
    last_scanned_at, container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
    tmux_pane_id);
CREATE INDEX IF NOT EXISTS panes_by_tmux_id ON panes (tmux_pane_id, container_id, active);
CREATE INDEX IF NOT EXISTS agents_by_priority ON agents (
    CASE role WHEN 'master' THEN 1 WHEN 'slave' THEN 2 WHEN 'swarm' THEN 3 WHEN 'test-runner' THEN 4
        WHEN 'shell' THEN 5 WHEN 'unknown' THEN 6 ELSE 99 END, created_at, agent_id);
CREATE INDEX IF NOT EXISTS agents_by_priority_and_id ON agents (
    CASE role WHEN 'master' THEN 1 WHEN 'slave' THEN 2 WHEN 'swarm' THEN 3 WHEN 'test-runner' THEN 4
        WHEN 'shell' THEN 5 WHEN 'unknown' THEN 6 ELSE 99 END, agent_id);
CREATE INDEX IF NOT EXISTS agents_by_created ON agents (created_at, agent_id);
CREATE INDEX IF NOT EXISTS log_attachments_by_last_status ON log_attachments (last_status_at, attachment_id);
CREATE INDEX IF NOT EXISTS log_attachments_by_attached ON log_attachments (attached_at, attachment_id);
CREATE INDEX IF NOT EXISTS log_attachments_by_status_and_id ON log_attachments (status, attachment_id);
CREATE INDEX IF NOT EXISTS log_attachments_by_status ON log_attachments (status, agent_id);
CREATE INDEX IF NOT EXISTS message_queue_by_enqueued ON message_queue (enqueued_at, message_id);
