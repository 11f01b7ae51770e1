package dev.agenttower.core.log;

import java.util.Map;
import java.util.TreeMap;

/** Remembers how far logs were moved away. Thread-safe. */
public final class InMemoryLogArchive implements LogArchive {
    private final Map<String, Long> begins = new TreeMap<>();

    /** Nothing was moved. */
    public InMemoryLogArchive() {}

    @Override
    public synchronized long begin(String path) {
        return begins.getOrDefault(path, 0L);
    }

    @Override
    public synchronized long move(String path, long to, int keep) {
        begins.put(path, to);
        return to;
    }
}
