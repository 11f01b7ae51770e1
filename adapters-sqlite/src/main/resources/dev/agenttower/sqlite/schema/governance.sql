-- Tables beside the numbered schema: an older build does not look at them.
CREATE TABLE IF NOT EXISTS governed_projects (
    name          TEXT NOT NULL PRIMARY KEY,
    path          TEXT NOT NULL UNIQUE,
    is_framework  INTEGER NOT NULL CHECK (is_framework IN (0, 1)),
    registered_at TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS agent_processes (
    boot_id     TEXT NOT NULL,
    pid         INTEGER NOT NULL,
    start_ticks INTEGER NOT NULL,
    PRIMARY KEY (boot_id, pid, start_ticks)
);
