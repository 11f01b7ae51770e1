package dev.agenttower.core.governance.drift;

import java.util.Collection;

/** Signals possible changes at paths of a folder. Signals may be lost or spurious, so callers must also poll. Thread-safe. */
public interface PathChanges {
    /**
     * Watches paths, existing or not, until the returned handle is closed.
     *
     * <p>After a file or directory at a path, below it, or in place of a directory above it is created, changed or removed, an implementation
     * must call the listener on its own thread, one call at a time, soon after the changes have paused. Spurious calls are allowed. Paths that
     * cannot be watched are skipped; the method never fails.
     *
     * @param folder an absolute path
     * @param paths relative to the folder
     * @param listener must return soon
     */
    Following follow(String folder, Collection<String> paths, Runnable listener);

    /** A handle for watched paths. */
    @FunctionalInterface
    interface Following extends AutoCloseable {
        /** Stops watching. A running call of the listener may outlast this method. Idempotent. */
        @Override
        void close();
    }
}
