package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the texts and links of a project in memory. Thread-safe. */
public final class InMemorySovereignFiles implements SovereignFiles {
    private final InMemoryProject project;

    /** The files of a project. */
    public InMemorySovereignFiles(InMemoryProject project) {
        this.project = project;
    }

    @Override
    public Sight look(Collection<String> paths) {
        Map<String, Seal> seals = new LinkedHashMap<>();
        for (String path : paths) {
            put(seals, path, true);
            project.below(path).forEach(file -> put(seals, file, false));
        }
        return new Sight(seals, Set.of());
    }

    private void put(Map<String, Seal> seals, String path, boolean isFollowed) {
        @Nullable String real = project.locate(path).real();
        boolean isPlain = path.equals(real);
        @Nullable ProjectText text = isPlain || isFollowed ? project.text(path) : null;
        if (text != null || (!isPlain && project.exists(path))) {
            String note = isPlain ? null : "a link to " + (real == null ? "a place outside of the project" : real);
            seals.put(path, new Seal(text == null ? null : text.sha256(), note));
        }
    }
}
