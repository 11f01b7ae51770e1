package dev.agenttower.workspace.role;

import dev.agenttower.core.governance.role.ActiveRole;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The active role and spec in {@code _cortex/ops}. A file that cannot be read counts as empty. Thread-safe. */
public final class WorkspaceActiveRole implements ActiveRole {
    private static final long MAX_SIZE = 4096;

    private final Path ops;

    /** The active role of the project below a directory. */
    public WorkspaceActiveRole(Path root) {
        this.ops = root.resolve("_cortex/ops");
    }

    @Override
    public Optional<String> role() {
        return line("active_role.txt");
    }

    @Override
    public Optional<String> spec() {
        return line("active_spec.txt");
    }

    private Optional<String> line(String name) {
        Path file = ops.resolve(name);
        try {
            return Optional.of(new String(RegularFiles.read(file, MAX_SIZE), StandardCharsets.UTF_8).strip())
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
