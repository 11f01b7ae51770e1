package dev.agenttower.core.governance.policy;

import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses the policy files. A single malformed value makes the whole file broken. Thread-safe. */
public final class PolicyReader {
    private final JsonText json;

    /** A reader that parses JSON with {@code json}. */
    public PolicyReader(JsonText json) {
        this.json = json;
    }

    /**
     * Reads a policy.
     *
     * @param texts the texts of those of {@link PolicyFiles} that exist
     * @param unreadable the failures of files that could not be read, by file
     */
    public Policy read(
            Map<String, String> texts, Map<String, String> unreadable, boolean isFramework, Instant loadedAt) {
        List<PolicyProblem> problems = new ArrayList<>();
        unreadable.forEach((file, problem) -> problems.add(new PolicyProblem(file, problem)));
        Map<String, RoleRule> roles = part(texts, PolicyFiles.JURISDICTIONS, PolicyReader::roles, Map.of(), problems);
        Map<String, SpecRule> specs = part(texts, PolicyFiles.SPECS, PolicyReader::specs, Map.of(), problems);
        PolicySettings settings =
                part(texts, PolicyFiles.SETTINGS, PolicyReader::settings, PolicySettings.DEFAULT, problems);
        if (problems.stream().anyMatch(problem -> problem.file().equals(PolicyFiles.SETTINGS))) {
            settings = PolicySettings.BROKEN;
        }
        return new Policy(roles, specs, settings, problems, isFramework, loadedAt);
    }

    private <T> T part(
            Map<String, String> texts,
            String file,
            Function<Map<?, ?>, T> form,
            T nothing,
            List<PolicyProblem> problems) {
        String text = texts.get(file);
        if (text == null) {
            if (!file.equals(PolicyFiles.SETTINGS)
                    && problems.stream().noneMatch(p -> p.file().equals(file))) {
                problems.add(new PolicyProblem(file, "is missing"));
            }
            return nothing;
        }
        try {
            return form.apply(map(json.read(text), "the file"));
        } catch (MalformedJsonException e) {
            problems.add(new PolicyProblem(file, e.getMessage()));
            return nothing;
        } catch (Misshapen e) {
            problems.add(new PolicyProblem(file, e.getMessage()));
            return nothing;
        }
    }

    private static Map<String, RoleRule> roles(Map<?, ?> file) {
        Map<String, RoleRule> roles = new LinkedHashMap<>();
        map(file.get("jurisdictions"), "jurisdictions").forEach((key, value) -> {
            String role = String.valueOf(key);
            if (value instanceof List<?>) {
                roles.put(role, new RoleRule(PathSet.of(texts(value, role)), List.of(), false));
            } else {
                Map<?, ?> rule = map(value, role);
                roles.put(
                        role,
                        new RoleRule(
                                PathSet.of(texts(rule.get("paths"), role + ".paths")),
                                texts(rule.get("action_types"), role + ".action_types"),
                                Boolean.TRUE.equals(rule.get("locked"))));
            }
        });
        return roles;
    }

    private static Map<String, SpecRule> specs(Map<?, ?> file) {
        Map<String, SpecRule> specs = new LinkedHashMap<>();
        map(file.get("specs"), "specs").forEach((key, value) -> {
            String spec = String.valueOf(key);
            Map<?, ?> rule = map(value, spec);
            specs.put(
                    spec,
                    new SpecRule(
                            text(rule.get("title")),
                            text(rule.get("status")),
                            new LinkedHashSet<>(texts(rule.get("roles"), spec + ".roles")),
                            new LinkedHashSet<>(texts(rule.get("action_types"), spec + ".action_types")),
                            PathSet.of(texts(rule.get("paths"), spec + ".paths"))));
        });
        return specs;
    }

    private static PolicySettings settings(Map<?, ?> file) {
        Object role = file.containsKey("default_role") ? file.get("default_role") : PolicySettings.DEFAULT_ROLE;
        if (role != null && !(role instanceof String)) {
            throw new Misshapen("default_role is neither a text nor null");
        }
        return new PolicySettings(
                JsonFields.textOrNull(file, "name"),
                file.get("mode") instanceof String mode ? mode : PolicySettings.DEFAULT.mode(),
                file.get("enforcement_mode") instanceof String mode ? mode : PolicySettings.DEFAULT.enforcementMode(),
                (String) role,
                texts(file.get("sovereign_paths"), "sovereign_paths"),
                unknownTools(file.get("unknown_tools")),
                PathSet.of(texts(file.get("unreadable_paths"), "unreadable_paths")),
                PathSet.of(scratchPaths(file.get("scratch_paths"))),
                flag(file.get("ledger_allowed"), "ledger_allowed"));
    }

    private static UnknownTools unknownTools(@Nullable Object value) {
        if (value == null) {
            return PolicySettings.DEFAULT.unknownTools();
        }
        for (UnknownTools each : UnknownTools.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
                return each;
            }
        }
        throw new Misshapen("unknown_tools is neither 'allow' nor 'ask' nor 'deny'");
    }

    private static List<String> scratchPaths(@Nullable Object value) {
        if (value == null) {
            return PolicySettings.SCRATCH_PATHS;
        }
        List<String> paths = texts(value, "scratch_paths");
        if (paths.stream().anyMatch(path -> !path.startsWith("/"))) {
            throw new Misshapen("scratch_paths has a path that is not absolute");
        }
        return paths;
    }

    private static boolean flag(@Nullable Object value, String what) {
        if (value != null && !(value instanceof Boolean)) {
            throw new Misshapen(what + " is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new Misshapen(what + " is not an object");
    }

    private static List<String> texts(@Nullable Object value, String what) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw new Misshapen(what + " is not a list of texts");
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** A file is JSON, but does not have the expected structure. */
    private static final class Misshapen extends RuntimeException {
        Misshapen(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
