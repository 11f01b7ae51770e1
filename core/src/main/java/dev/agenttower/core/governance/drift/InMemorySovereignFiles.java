package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectText;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Snapshots of the texts and links of a project in memory. Thread-safe. */
public final class InMemorySovereignFiles implements SovereignFiles {
    private final InMemoryProject project;

    /** The files of a project. */
    public InMemorySovereignFiles(InMemoryProject project) {
        this.project = project;
    }

    @Override
    public FileSnapshot snapshot(Collection<String> paths) {
        Map<String, Fingerprint> fingerprints = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>();
        for (String path : paths) {
            put(fingerprints, path, true);
            for (String file : project.below(path)) {
                String tooDeep = tooDeep(path, file);
                if (tooDeep == null) {
                    put(fingerprints, file, false);
                } else {
                    unknown.add(tooDeep);
                }
            }
        }
        return new FileSnapshot(fingerprints, unknown);
    }

    /** The directory above a file that is more than {@code MAX_DEPTH} below {@code top}; null if there is none. */
    private static @Nullable String tooDeep(String top, String file) {
        int end = top.length();
        for (int depth = 0; depth <= MAX_DEPTH && end >= 0; depth++) {
            end = file.indexOf('/', end + 1);
        }
        return end < 0 ? null : file.substring(0, end);
    }

    private void put(Map<String, Fingerprint> fingerprints, String path, boolean isFollowed) {
        @Nullable String real = project.locate(path).real();
        boolean isPlain = path.equals(real);
        @Nullable ProjectText text = isPlain || isFollowed ? project.text(path) : null;
        if (text != null || (!isPlain && project.exists(path))) {
            String note = isPlain ? null : "a link to " + (real == null ? "a place outside of the project" : real);
            fingerprints.put(path, new Fingerprint(text == null ? null : text.sha256(), note));
        }
    }
}
