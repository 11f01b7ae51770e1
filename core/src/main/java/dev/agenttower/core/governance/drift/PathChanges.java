package dev.agenttower.core.governance.drift;

import java.util.Collection;

/** Tells that something may have changed at paths of a folder. It only gives hints: who must know looks himself, now and then without a hint. Thread-safe. */
public interface PathChanges {
    /**
     * Follows paths, whether they exist or not, until the following is closed.
     *
     * <p>An implementation must call the listener, on a thread of its own and one call at a time, soon after something at a path, below it, or
     * in the place of a directory above it has been created, changed or removed after this returned, once it has been quiet for a moment.
     * It may call without need. What it cannot follow it leaves out; it never fails.
     *
     * @param folder an absolute path
     * @param paths relative to the folder
     * @param listener must return soon
     */
    Following follow(String folder, Collection<String> paths, Runnable listener);

    /** Paths that are followed. */
    @FunctionalInterface
    interface Following extends AutoCloseable {
        /** Ends it; a call of the listener that is under way may still end after that. Does nothing the second time. */
        @Override
        void close();
    }
}
