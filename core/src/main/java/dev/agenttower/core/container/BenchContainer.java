package dev.agenttower.core.container;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored bench container. Time stamps are kept as stored text.
 *
 * @param active whether it was running and matched the rule at the last scan
 * @param firstSeenAt when it was first seen
 * @param lastScannedAt when a scan last wrote it
 */
public record BenchContainer(
        ContainerId id,
        String name,
        String image,
        String status,
        Map<String, String> labels,
        List<Mount> mounts,
        boolean active,
        String firstSeenAt,
        String lastScannedAt,
        @Nullable String configUser,
        @Nullable String workingDir) {
    /** Copies the collections, keeping their order. */
    public BenchContainer {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        mounts = List.copyOf(mounts);
    }
}
