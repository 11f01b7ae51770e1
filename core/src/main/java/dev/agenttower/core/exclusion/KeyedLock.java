package dev.agenttower.core.exclusion;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lock for each key. Only keys that are held or waited for take memory.
 *
 * <p>Work on different keys runs in parallel. Reentrant: a thread that holds a key may take it again; a thread that holds one key should not
 * take another one, unless all threads do so in the same order. Waiting is uninterruptible. Thread-safe.
 *
 * @param <K> the type of a key, compared by {@code equals}
 */
public final class KeyedLock<K> {
    private final Map<K, Entry> entries = new HashMap<>();

    /** No key is held. */
    public KeyedLock() {}

    /** Runs {@code work} while no other thread runs work for the same key. Exceptions of {@code work} propagate. */
    public <T> T holding(K key, Supplier<T> work) {
        Entry entry = enter(key);
        try {
            entry.lock.lock();
            try {
                return work.get();
            } finally {
                entry.lock.unlock();
            }
        } finally {
            leave(key, entry);
        }
    }

    /**
     * As {@link #holding}, but waits for at most {@code limit}; empty if the key is not free by then, or if the thread is interrupted, which
     * stays interrupted.
     */
    public <T> Optional<T> holdingWithin(Duration limit, K key, Supplier<T> work) {
        Entry entry = enter(key);
        try {
            if (!entry.lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                entry.lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            leave(key, entry);
        }
    }

    /** The number of keys held or waited for. */
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private Entry enter(K key) {
        synchronized (entries) {
            Entry entry = entries.computeIfAbsent(key, absent -> new Entry());
            entry.users++;
            return entry;
        }
    }

    private void leave(K key, Entry entry) {
        synchronized (entries) {
            entry.users--;
            if (entry.users == 0) {
                entries.remove(key);
            }
        }
    }

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }
}
