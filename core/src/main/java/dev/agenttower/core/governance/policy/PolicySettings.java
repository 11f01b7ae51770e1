package dev.agenttower.core.governance.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a project.
 *
 * @param name its name, or null for the name of its directory
 * @param mode the mode of the service, for display only
 * @param enforcementMode {@code development} or {@code production}
 * @param defaultRole the role of a caller without any other source of a role; null is none
 * @param sovereignPaths sovereign paths in addition to {@link ProtectedPaths#ALWAYS_SOVEREIGN}
 */
public record PolicySettings(
        @Nullable String name,
        String mode,
        String enforcementMode,
        @Nullable String defaultRole,
        List<String> sovereignPaths) {
    /** The default role if the settings do not contain the key. */
    public static final String DEFAULT_ROLE = "Backend_Engineer";

    /** The settings of a project without a settings file. */
    public static final PolicySettings DEFAULT =
            new PolicySettings(null, "development", "development", DEFAULT_ROLE, List.of());

    /** Copies the paths. */
    public PolicySettings {
        sovereignPaths = List.copyOf(sovereignPaths);
    }
}
