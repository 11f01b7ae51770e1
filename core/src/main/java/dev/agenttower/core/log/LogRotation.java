package dev.agenttower.core.log;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.LogSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Bounds logs on disk. Only what was read of a log moves into the archive, and its last part stays, so that no line is lost and a preview
 * has something to show. Thread-safe.
 */
public final class LogRotation {
    private static final int PARTS = 16;

    private final LogArchive archive;
    private final LogSettings settings;
    private final Executor executor;
    private final LifecycleLog lifecycle;
    private final Map<String, Long> begins = new ConcurrentHashMap<>();
    private final Set<String> moving = ConcurrentHashMap.newKeySet();

    /**
     * A rotation by these bounds.
     *
     * @param executor moves parts of logs
     */
    public LogRotation(LogArchive archive, LogSettings settings, Executor executor, LifecycleLog lifecycle) {
        this.archive = archive;
        this.settings = settings;
        this.executor = executor;
        this.lifecycle = lifecycle;
    }

    /** Tells that a log was read up to a byte. Never waits for the archive. */
    public void read(String agentId, String path, long to) {
        long begin = begins.computeIfAbsent(path, this::begin);
        if (to < begin) {
            begins.remove(path); // another file has the name
        } else if (to - begin >= settings.maxBytes() && moving.add(path)) {
            try {
                executor.execute(() -> move(agentId, path, begin, to));
            } catch (RejectedExecutionException busy) {
                moving.remove(path);
            }
        }
    }

    private long begin(String path) {
        try {
            return archive.begin(path);
        } catch (UnreadableLogException e) {
            return 0;
        }
    }

    private void move(String agentId, String path, long begin, long to) {
        try {
            long end = archive.move(path, to - settings.maxBytes() / PARTS, settings.keep());
            begins.put(path, end);
            lifecycle.report(
                    LifecycleEvent.LOG_ARCHIVED, "agent_id", agentId, "log_path", path, "from", begin, "to", end);
        } catch (UnreadableLogException e) {
            // Again once a part of the bound has been written.
            begins.put(path, to - settings.maxBytes() + settings.maxBytes() / PARTS);
            lifecycle.report(
                    LifecycleEvent.LOG_ARCHIVE_FAILED,
                    "agent_id",
                    agentId,
                    "log_path",
                    path,
                    "error",
                    String.valueOf(e.getMessage()));
        } finally {
            moving.remove(path);
        }
    }
}
