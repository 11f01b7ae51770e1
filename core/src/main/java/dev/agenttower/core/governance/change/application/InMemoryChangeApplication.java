package dev.agenttower.core.governance.change.application;

import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Changes the texts of a project in memory. Thread-safe. */
public final class InMemoryChangeApplication implements ChangeApplication {
    private final InMemoryProject project;
    private final Map<String, ChangeIntent> intents = new LinkedHashMap<>();

    /** Changes of a project. */
    public InMemoryChangeApplication(InMemoryProject project) {
        this.project = project;
    }

    @Override
    public synchronized void begin(ChangeIntent intent) {
        intents.put(intent.id(), intent);
    }

    @Override
    public synchronized void replace(ChangeIntent intent, byte[] content) {
        String path = intent.targetPath();
        ProjectText current = project.read(path);
        if (!Objects.equals(intent.beforeSha256(), current == null ? null : current.sha256())) {
            throw new ProjectFileException("'" + path + "' changed while it was about to be replaced", null);
        }
        project.write(path, new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void settle(ChangeIntent intent) {
        intents.remove(intent.id());
    }

    @Override
    public synchronized List<IntentRecord> records() {
        return intents.values().stream()
                .map(intent ->
                        new IntentRecord(intent.id(), Sha256.hex(intent.text().getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    @Override
    public synchronized ChangeIntent read(IntentRecord record) {
        return Optional.ofNullable(intents.get(record.name()))
                .orElseThrow(() -> new ProjectFileException("'" + record.name() + "' is no record of a change", null));
    }

    @Override
    public synchronized void setAside(IntentRecord record) {
        intents.remove(record.name());
    }
}
