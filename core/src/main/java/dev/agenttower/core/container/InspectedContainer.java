package dev.agenttower.core.container;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inspection of one container.
 *
 * @param name without the leading slash; the id where the container has none
 * @param image the image as requested, or empty
 * @param status the state, such as {@code running}; the status of the listing where there is none
 * @param configUser the user that the container runs as, unparsed ({@code user:group}), or null
 * @param workingDir the working directory, or null
 * @param envKeys which of {@code USER}, {@code HOME}, {@code WORKDIR} and {@code TMUX} are set; never their values
 * @param fullStatus the status of the listing
 */
public record InspectedContainer(
        ContainerId id,
        String name,
        String image,
        String status,
        Map<String, String> labels,
        List<Mount> mounts,
        @Nullable String configUser,
        @Nullable String workingDir,
        List<String> envKeys,
        String fullStatus) {
    /** Copies the collections, keeping their order. */
    public InspectedContainer {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        mounts = List.copyOf(mounts);
        envKeys = List.copyOf(envKeys);
    }
}
