package dev.agenttower.sqlite;

import dev.agenttower.core.governance.registry.ProjectStore;
import dev.agenttower.core.governance.registry.RegisteredProject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The registered projects in the table {@code governed_projects}. */
final class SqliteProjectStore implements ProjectStore {
    private static final String ALL =
            "SELECT name, path, is_framework, registered_at FROM governed_projects ORDER BY name";

    private final Readers readers;
    private final Writer writer;

    SqliteProjectStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<RegisteredProject> list() {
        return readers.read(snapshot -> all(snapshot.handle()));
    }

    @Override
    public Optional<RegisteredProject> add(RegisteredProject project) {
        return writer.write(handle -> {
            List<RegisteredProject> known = all(handle);
            Optional<RegisteredProject> against = known.stream()
                    .filter(other -> other.name().equals(project.name()))
                    .findFirst()
                    .or(() -> known.stream()
                            .filter(other -> other.overlaps(project.path()))
                            .findFirst());
            if (against.isEmpty()) {
                handle.execute(
                        "INSERT INTO governed_projects (name, path, is_framework, registered_at) VALUES (?, ?, ?, ?)",
                        project.name(),
                        project.path(),
                        project.isFramework() ? 1 : 0,
                        project.registeredAt());
            }
            return against;
        });
    }

    @Override
    public boolean remove(String name) {
        return writer.write(handle -> handle.execute("DELETE FROM governed_projects WHERE name = ?", name) > 0);
    }

    private static List<RegisteredProject> all(Handle handle) {
        return handle.select(ALL)
                .map((row, context) ->
                        new RegisteredProject(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)))
                .list();
    }
}
