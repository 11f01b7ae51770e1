package dev.agenttower.core.container;

import java.util.List;

/**
 * A mount of a container. Missing parts are empty.
 *
 * @param source the path on the host
 * @param target the path in the container
 * @param type {@code bind}, {@code volume} or another word of the engine
 * @param mode options, as the engine writes them
 * @param rw whether the container may write
 */
public record Mount(String source, String target, String type, String mode, boolean rw) {
    /** Whether its mode says that the container may only read; {@link #rw} is also false where a stored mount does not tell. */
    public boolean isReadOnly() {
        return List.of(mode.split(",")).contains("ro");
    }
}
