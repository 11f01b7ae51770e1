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
 * @param unknownTools what is to become of calls of unknown tools
 * @param unreadablePaths files and folders that agents must not read through their tools
 * @param scratchPaths absolute paths of files and folders outside of the project in which commands may write
 * @param ledgerAllowed whether allowed tool calls are recorded on the ledger
 */
public record PolicySettings(
        @Nullable String name,
        String mode,
        String enforcementMode,
        @Nullable String defaultRole,
        List<String> sovereignPaths,
        UnknownTools unknownTools,
        PathSet unreadablePaths,
        PathSet scratchPaths,
        boolean ledgerAllowed) {
    /** The scratch paths if the settings do not contain the key. */
    public static final List<String> SCRATCH_PATHS = List.of("/tmp", "/var/tmp", "/dev/shm");

    /** The default role if the settings do not contain the key. */
    public static final String DEFAULT_ROLE = "Backend_Engineer";

    /** The settings of a project without a settings file. */
    public static final PolicySettings DEFAULT =
            new PolicySettings(null, "development", "development", DEFAULT_ROLE, List.of());

    /** The settings of a project whose settings file is broken: what it may deny is denied as far as that is known. */
    public static final PolicySettings BROKEN = new PolicySettings(
            null,
            DEFAULT.mode,
            DEFAULT.enforcementMode,
            DEFAULT.defaultRole,
            List.of(),
            UnknownTools.DENY,
            PathSet.of(List.of()),
            PathSet.of(List.of()),
            false);

    /** Settings with the defaults about tool calls. */
    public PolicySettings(
            @Nullable String name,
            String mode,
            String enforcementMode,
            @Nullable String defaultRole,
            List<String> sovereignPaths) {
        this(
                name,
                mode,
                enforcementMode,
                defaultRole,
                sovereignPaths,
                UnknownTools.ALLOW,
                PathSet.of(List.of()),
                PathSet.of(SCRATCH_PATHS),
                false);
    }

    /** Copies the paths. */
    public PolicySettings {
        sovereignPaths = List.copyOf(sovereignPaths);
    }
}
