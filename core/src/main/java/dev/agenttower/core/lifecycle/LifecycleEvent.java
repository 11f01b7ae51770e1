package dev.agenttower.core.lifecycle;

import java.util.Locale;

/** The events that a daemon writes to its log. The token on the line is the constant in lower case. */
public enum LifecycleEvent {
    /** The daemon holds its lock and opens its log. */
    DAEMON_STARTING(Level.INFO),
    /** A test setting treats every peer as on the host. */
    HOST_PEER_CHECK_BYPASSED(Level.WARN),
    /** A test setting delays the dashboard. */
    DASHBOARD_TEST_LATENCY_INJECTED(Level.WARN),
    /** A test setting shows subsystems as degraded. */
    DASHBOARD_TEST_DEGRADED_FORCED(Level.WARN),
    /** A file that a dead daemon left was removed. */
    DAEMON_RECOVERING(Level.INFO),
    /** Socket and pid file exist; the daemon serves requests. */
    DAEMON_READY(Level.INFO),
    /** A stop was requested. */
    DAEMON_SHUTDOWN(Level.INFO),
    /** Everything is stopped; the lock follows. */
    DAEMON_EXITED(Level.INFO),
    /** The daemon cannot start. */
    ERROR_FATAL(Level.FATAL),
    /** A container scan has begun. */
    SCAN_STARTED(Level.INFO),
    /** A container scan has ended, well or badly. */
    SCAN_COMPLETED(Level.INFO),
    /** The audit record of a degraded container scan could not be appended. */
    SCAN_JSONL_FAILED(Level.INFO),
    /** A pane scan has begun. */
    PANE_SCAN_STARTED(Level.INFO),
    /** A pane scan has ended, well or badly. */
    PANE_SCAN_COMPLETED(Level.INFO),
    /** The audit record of a degraded pane scan could not be appended. */
    PANE_SCAN_JSONL_FAILED(Level.INFO),
    /** An attached log was rotated or truncated. */
    LOG_ROTATION_DETECTED(Level.INFO),
    /** The older part of a log was moved into a file of its own. */
    LOG_ARCHIVED(Level.INFO),
    /** A log is larger than it should be, and its older part cannot be moved away. */
    LOG_ARCHIVE_FAILED(Level.WARN),
    /** A pane is not recorded any more although its log is attached. */
    LOG_RECORDING_STOPPED(Level.WARN),
    /** The pane is recorded again. */
    LOG_RECORDING_RESUMED(Level.INFO),
    /** An attached log that was missing is back. */
    LOG_FILE_RETURNED(Level.INFO),
    /** An attached log is missing. */
    LOG_FILE_MISSING(Level.WARN),
    /** A pane is piped into a log that belongs to no attachment. */
    LOG_ATTACHMENT_ORPHAN_DETECTED(Level.WARN),
    /** A container has more mounts than are read. */
    MOUNTS_JSON_OVERSIZED(Level.WARN),
    /** The rules of adoption in the settings are invalid, so none of them is applied. */
    ADOPTION_RULES_INVALID(Level.WARN),
    /** A pane that fits a rule of adoption could not be adopted. */
    ADOPTION_FAILED(Level.WARN),
    /** Another user connected and was refused. */
    SOCKET_PEER_UID_MISMATCH(Level.ERROR),
    /** An audit record could not be appended after its change was committed. */
    AUDIT_APPEND_FAILED(Level.INFO);

    /** The severity of an event. */
    public enum Level {
        /** As it should be. */
        INFO,
        /** Degraded, but running. */
        WARN,
        /** Needs attention. */
        ERROR,
        /** The daemon ends. */
        FATAL;

        /** The name in the log. */
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Level level;

    LifecycleEvent(Level level) {
        this.level = level;
    }

    /** The severity of this event. */
    public Level level() {
        return level;
    }

    /** The name in the log, such as {@code daemon_ready}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
