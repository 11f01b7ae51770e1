package dev.agenttower.core.governance.role;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A working copy in memory, changed and committed by method calls. Thread-safe. */
public final class InMemoryWorkingCopy implements WorkingCopy {
    private final Set<String> changed = new TreeSet<>();
    private @Nullable String head;

    /** A working copy without commits and changes. */
    public InMemoryWorkingCopy() {}

    /** Marks a file as changed. */
    public synchronized void change(String path) {
        changed.add(path);
    }

    /** Commits all changes. */
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
