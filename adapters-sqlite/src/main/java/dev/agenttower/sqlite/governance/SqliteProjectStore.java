package dev.agenttower.sqlite.governance;

import dev.agenttower.core.governance.registry.ProjectStore;
import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The registered projects in the table {@code governed_projects}. Every request reads them, so the list is cached until this store writes;
 * no other process writes this table while the daemon uses the database. Thread-safe.
 */
public final class SqliteProjectStore implements ProjectStore {
    private static final String ALL =
            "SELECT name, path, is_framework, registered_at FROM governed_projects ORDER BY name";

    private final Readers readers;
    private final Writer writer;
    private final AtomicLong writes = new AtomicLong();
    private volatile @Nullable Known known;

    public SqliteProjectStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<RegisteredProject> list() {
        long before = writes.get();
        Known last = known;
        if (last != null && last.writes == before) {
            return last.projects;
        }
        List<RegisteredProject> projects = readers.read(snapshot -> all(snapshot.handle()));
        known = new Known(before, projects);
        return projects;
    }

    /** Counts the write after its end, so that a list read before it is not cached. */
    private <T> T write(Function<Handle, T> work) {
        try {
            return writer.write(work);
        } finally {
            writes.incrementAndGet();
        }
    }

    @Override
    public Optional<RegisteredProject> add(RegisteredProject project) {
        return write(handle -> {
            Optional<RegisteredProject> conflict = project.conflictIn(all(handle));
            if (conflict.isEmpty()) {
                handle.createUpdate("INSERT INTO governed_projects (name, path, is_framework, registered_at)"
                                + " VALUES (:name, :path, :isFramework, :registeredAt)")
                        .bindMethods(project)
                        .execute();
            }
            return conflict;
        });
    }

    @Override
    public boolean remove(String name) {
        return write(handle -> handle.execute("DELETE FROM governed_projects WHERE name = ?", name) > 0);
    }

    private static List<RegisteredProject> all(Handle handle) {
        return List.copyOf(handle.select(ALL)
                .map((row, context) -> new RegisteredProject(
                        row.getString("name"),
                        row.getString("path"),
                        row.getBoolean("is_framework"),
                        row.getString("registered_at")))
                .list());
    }

    private record Known(long writes, List<RegisteredProject> projects) {}
}
