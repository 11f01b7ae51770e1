package dev.agenttower.core.event;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Tells which logs changed. A notice may be late or missing: who uses it also looks now and then. Used by one thread; {@link #close} may be
 * called by another one, and ends a wait at once.
 */
public interface LogNotices extends AutoCloseable {
    /** What ended a wait. */
    record Awakening(Set<String> changed, boolean isGeneral) {
        /** The time is over. */
        public static final Awakening NONE = new Awakening(Set.of(), false);
        /** Anything may have changed. */
        public static final Awakening GENERAL = new Awakening(Set.of(), true);

        /** Copies the paths. */
        public Awakening {
            changed = Set.copyOf(changed);
        }
    }

    /** Sets the absolute paths of the files to tell of; they need not exist. */
    void follow(Collection<String> paths);

    /** Waits for a change, at most so long. */
    Awakening await(Duration atMost);

    /** Tells of nothing any more. */
    @Override
    void close();

    /** Notices that never come. */
    static LogNotices none() {
        return new SilentNotices();
    }
}
