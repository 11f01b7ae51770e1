CREATE TABLE IF NOT EXISTS routes (
    route_id               TEXT NOT NULL PRIMARY KEY,
    event_type             TEXT NOT NULL CHECK (event_type IN (
        'activity', 'waiting_for_input', 'completed', 'error', 'test_failed', 'test_passed',
        'manual_review_needed', 'long_running', 'pane_exited', 'swarm_member_reported')),
    source_scope_kind      TEXT NOT NULL CHECK (source_scope_kind IN ('any', 'agent_id', 'role')),
    source_scope_value     TEXT,
    target_rule            TEXT NOT NULL CHECK (target_rule IN ('explicit', 'source', 'role')),
    target_value           TEXT,
    master_rule            TEXT NOT NULL CHECK (master_rule IN ('auto', 'explicit')),
    master_value           TEXT,
    template               TEXT NOT NULL,
    enabled                INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    last_consumed_event_id INTEGER NOT NULL DEFAULT 0 CHECK (last_consumed_event_id >= 0),
    created_at             TEXT NOT NULL,
    updated_at             TEXT NOT NULL,
    created_by_agent_id    TEXT,
    CHECK ((source_scope_kind = 'any') = (source_scope_value IS NULL)),
    CHECK ((target_rule = 'source') = (target_value IS NULL)),
    CHECK ((master_rule = 'auto') = (master_value IS NULL))
);
CREATE INDEX IF NOT EXISTS idx_routes_created_at_route_id ON routes (created_at, route_id);

-- when: SELECT NOT EXISTS (SELECT 1 FROM pragma_table_info('message_queue') WHERE name = 'origin')
ALTER TABLE message_queue
    ADD COLUMN origin TEXT NOT NULL DEFAULT 'direct' CHECK (origin IN ('direct', 'route'));

-- when: SELECT NOT EXISTS (SELECT 1 FROM pragma_table_info('message_queue') WHERE name = 'route_id')
ALTER TABLE message_queue ADD COLUMN route_id TEXT;

-- when: SELECT NOT EXISTS (SELECT 1 FROM pragma_table_info('message_queue') WHERE name = 'event_id')
ALTER TABLE message_queue ADD COLUMN event_id INTEGER;

CREATE UNIQUE INDEX IF NOT EXISTS idx_message_queue_route_event
    ON message_queue (route_id, event_id) WHERE origin = 'route';
