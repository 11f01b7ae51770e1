package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.ledger.RoleNames;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the policy of a project, prepared for fast decisions. Immutable.
 *
 * <p>A missing or broken file grants no permissions.
 */
public final class Policy implements RoleNames {
    private final Map<String, RoleRule> roles;
    private final Map<String, SpecRule> specs;
    private final PolicySettings settings;
    private final List<PolicyProblem> problems;
    private final boolean isFramework;
    private final Instant loadedAt;
    private final ProtectedPaths protectedPaths;
    private final Map<String, String> spellings = new LinkedHashMap<>();

    /**
     * A policy.
     *
     * @param isFramework whether the project is the framework's own, which has an additional tier of protection
     */
    public Policy(
            Map<String, RoleRule> roles,
            Map<String, SpecRule> specs,
            PolicySettings settings,
            List<PolicyProblem> problems,
            boolean isFramework,
            Instant loadedAt) {
        this.roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        this.specs = Collections.unmodifiableMap(new LinkedHashMap<>(specs));
        this.settings = settings;
        this.problems = List.copyOf(problems);
        this.isFramework = isFramework;
        this.loadedAt = loadedAt;
        this.protectedPaths = new ProtectedPaths(settings.sovereignPaths());
        roles.keySet().forEach(role -> spellings.putIfAbsent(role.toLowerCase(Locale.ROOT), role));
    }

    /** The roles, in the order of their file. */
    public Map<String, RoleRule> roles() {
        return roles;
    }

    /** The specs, in the order of their file. */
    public Map<String, SpecRule> specs() {
        return specs;
    }

    /** The settings. */
    public PolicySettings settings() {
        return settings;
    }

    /** The problems of the files. */
    public List<PolicyProblem> problems() {
        return problems;
    }

    /** The problem of one file, or null. */
    public @Nullable PolicyProblem problemOf(String file) {
        return problems.stream()
                .filter(problem -> problem.file().equals(file))
                .findFirst()
                .orElse(null);
    }

    /** Whether the project is the framework's own. */
    public boolean isFramework() {
        return isFramework;
    }

    /** When the files were read. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** The protected paths. */
    public ProtectedPaths protectedPaths() {
        return protectedPaths;
    }

    @Override
    public String spelled(String role) {
        return roles.containsKey(role) ? role : spellings.getOrDefault(role.toLowerCase(Locale.ROOT), role);
    }

    /** Whether a spec authorizes a role for an action, all by exact name. */
    public boolean authorizes(String spec, String role, String action) {
        SpecRule rule = specs.get(spec);
        return rule != null && rule.authorizes(role, action);
    }

    /** Whether a normal path is in the jurisdiction of a role. */
    public boolean isInJurisdiction(String role, String path) {
        RoleRule rule = roles.get(role);
        return rule != null && rule.paths().covers(path);
    }

    /** Whether a spec covers a normal path. */
    public boolean isCovered(String spec, String path) {
        SpecRule rule = specs.get(spec);
        return rule != null && rule.paths().covers(path);
    }

    /** Whether a spec lists the path itself. */
    public boolean isListed(String spec, String path) {
        SpecRule rule = specs.get(spec);
        return rule != null && rule.paths().lists(path);
    }
}
