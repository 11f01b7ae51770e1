package dev.agenttower.core.governance.role;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A working copy in memory: files that are said to have changed, until they are said to be committed. Thread-safe. */
public final class InMemoryWorkingCopy implements WorkingCopy {
    private final Set<String> changed = new TreeSet<>();
    private @Nullable String head;

    /** Nothing is committed and nothing has changed. */
    public InMemoryWorkingCopy() {}

    /** A file has changed. */
    public synchronized void change(String path) {
        changed.add(path);
    }

    /** Everything is committed. */
    public synchronized void commit(String hash) {
        changed.clear();
        head = hash;
    }

    @Override
    public synchronized Status status() {
        StringBuilder text = new StringBuilder();
        changed.forEach(path -> text.append(" M ").append(path).append('\n'));
        return new Status(text.toString(), "");
    }

    @Override
    public synchronized @Nullable String commit() {
        return head;
    }
}
