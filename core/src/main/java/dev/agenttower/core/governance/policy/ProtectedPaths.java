package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.project.PathText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that no role may change directly, whatever its jurisdiction.
 *
 * <p>Sovereign paths are the governance files, the files that could disable governance, and those that a project adds; they change only by
 * change requests. Kept paths are the directories that only governance itself writes.
 */
public final class ProtectedPaths {
    /** The files that are sovereign in every project. */
    public static final List<String> ALWAYS_SOVEREIGN = List.of(
            "config/specs.json",
            "config/jurisdictions.json",
            "config/dttp.json",
            "_cortex/AI_PROTOCOL.md",
            "_cortex/MASTER_PLAN.md",
            ".claude/settings.json",
            ".claude/settings.local.json",
            ".gemini/settings.json",
            ".codex/hooks.json",
            ".codex/config.toml");

    /** The files that are constitutional in the framework's own project. */
    public static final List<String> CONSTITUTIONAL = List.of(
            "adt_core/dttp/gateway.py",
            "adt_core/dttp/policy.py",
            "adt_core/dttp/service.py",
            "adt_core/ads/logger.py",
            "adt_core/ads/integrity.py",
            "adt_core/ads/crypto.py");

    private static final PathSet KEPT = PathSet.of(List.of("_cortex/ads", "_cortex/ops"));

    private final List<String> sovereign;

    /** Protects the built-in paths and {@code more}. */
    public ProtectedPaths(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(ALWAYS_SOVEREIGN);
        more.stream()
                .map(PathText::normal)
                .filter(path -> !path.startsWith("..") && !path.startsWith("/") && !path.equals(PathText.ROOT))
                .forEach(all::add);
        sovereign = List.copyOf(all);
    }

    /** The sovereign paths, in order. */
    public List<String> sovereign() {
        return sovereign;
    }

    /** Whether a path, exactly as written, is sovereign or below a sovereign directory. */
    public boolean isSovereign(String path) {
        return sovereign.contains(path)
                || (path.equals(PathText.normal(path))
                        && sovereign.stream().anyMatch(directory -> PathText.isAbove(directory, path)));
    }

    /** Whether a normal path is sovereign, below a sovereign directory, or above a sovereign path. */
    public boolean touchesSovereign(String path) {
        return touches(path, sovereign);
    }

    /** Whether a normal path is one of {@code some}, below one, or above one. */
    static boolean touches(String path, Collection<String> some) {
        for (String one : some) {
            if (PathText.isAtOrAbove(one, path) || PathText.isAbove(path, one)) {
                return true;
            }
        }
        return false;
    }

    /** Whether only governance itself writes a normal path. */
    public boolean isKept(String path) {
        return KEPT.covers(path);
    }
}
