package dev.agenttower.core.governance.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a project.
 *
 * @param name its name, or null for the name of its directory
 * @param mode how the service runs; shown only
 * @param enforcementMode {@code development} or {@code production}
 * @param defaultRole the role of a caller whose role nothing else tells; null is none
 * @param sovereignPaths paths that are sovereign beyond those that always are
 */
public record PolicySettings(
        @Nullable String name,
        String mode,
        String enforcementMode,
        @Nullable String defaultRole,
        List<String> sovereignPaths) {
    /** The role of a caller whose role nothing tells, where the settings are silent. */
    public static final String DEFAULT_ROLE = "Backend_Engineer";

    /** The settings of a project that has none. */
    public static final PolicySettings DEFAULT =
            new PolicySettings(null, "development", "development", DEFAULT_ROLE, List.of());

    /** Copies the paths. */
    public PolicySettings {
        sovereignPaths = List.copyOf(sovereignPaths);
    }
}
