package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeExecution;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.proposal.PolicyEdit;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.policy.ProtectedPaths;
import dev.agenttower.core.governance.project.Located;
import dev.agenttower.core.governance.project.PathText;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.text.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes jurisdictions and the roles of specs, authorized by a human. Only for callers that passed the human gate. Thread-safe.
 *
 * <p>Holds the queue of change requests while it works, so that no authorized change of the same file intervenes. An edit is applied like an
 * authorized change: after an interruption {@link ChangeRecovery} finishes or undoes it.
 */
public final class PolicyEditing {
    private static final int MAX_ENTRIES = 1000;

    private final ChangeQueue queue;
    private final PolicySource policy;
    private final ProjectFiles files;
    private final ProjectTree tree;
    private final JsonText json;
    private final Ledger ledger;
    private final ChangeExecution execution;
    private final ChangeRecovery recovery;

    /** Editing of the policy of one project. */
    public PolicyEditing(
            ChangeQueue queue,
            PolicySource policy,
            ProjectFiles files,
            ProjectTree tree,
            ChangeApplication application,
            JsonText json,
            Ledger ledger) {
        this.queue = queue;
        this.policy = policy;
        this.files = files;
        this.tree = tree;
        this.json = json;
        this.ledger = ledger;
        this.execution = new ChangeExecution(application, ledger);
        this.recovery = new ChangeRecovery(queue, application, files, ledger);
    }

    /**
     * Changes a role.
     *
     * @param body any of {@code paths}, {@code action_types}, {@code locked} and {@code unlock}
     * @return the id of its ledger event
     * @throws RefusedException NOT_FOUND, if there is no such role; FORBIDDEN, if it is locked; INVALID, if no path would be left, or a new path
     *     is, covers or leads to a sovereign one; FAILED, if the file is broken
     */
    public String changeRole(String role, Map<String, ? extends @Nullable Object> body) {
        return queue.exclusively(writing -> {
            recovery.settleAll(writing);
            PolicyFile file = read(PolicyFiles.JURISDICTIONS);
            Map<String, @Nullable Object> content = JsonFields.copy(file.tree());
            Map<String, @Nullable Object> roles = child(content, "jurisdictions");
            if (!roles.containsKey(role)) {
                throw new RefusedException(ErrorCode.NOT_FOUND, "Role " + role + " not found");
            }
            Map<String, @Nullable Object> before = rule(roles.get(role));
            boolean isUnlocked = Boolean.TRUE.equals(body.get("unlock"));
            if (Boolean.TRUE.equals(before.get("locked")) && !isUnlocked) {
                throw new RefusedException(ErrorCode.FORBIDDEN, "Role " + role + " is locked. Unlock first.");
            }
            Map<String, @Nullable Object> after = new LinkedHashMap<>(before);
            if (isUnlocked) {
                after.put("locked", false);
            }
            if (body.get("paths") != null) {
                after.put("paths", paths(texts("paths", body.get("paths")), texts("paths", before.get("paths"))));
            }
            if (body.get("action_types") != null) {
                after.put("action_types", texts("action_types", body.get("action_types")));
            }
            if (body.get("locked") instanceof Boolean locked) {
                after.put("locked", locked);
            }
            roles.put(role, after);
            content.put("jurisdictions", roles);
            PolicyEdit edit =
                    new PolicyEdit(PolicyFiles.JURISDICTIONS, "Updated jurisdiction for " + role + ".", before, after);
            return write(file, content, edit);
        });
    }

    /**
     * Changes the roles or the action types that a spec authorizes.
     *
     * @param body {@code roles}, {@code action_types} or both
     * @return the id of its ledger event
     * @throws RefusedException NOT_FOUND, if there is no such spec; INVALID, if neither is given; FAILED, if the file is broken
     */
    public String changeSpec(String specId, Map<String, ? extends @Nullable Object> body) {
        if (body.get("roles") == null && body.get("action_types") == null) {
            throw RefusedException.invalid("roles or action_types is required");
        }
        return queue.exclusively(writing -> {
            recovery.settleAll(writing);
            PolicyFile file = read(PolicyFiles.SPECS);
            Map<String, @Nullable Object> content = JsonFields.copy(file.tree());
            Map<String, @Nullable Object> specs = child(content, "specs");
            if (!specs.containsKey(specId)) {
                throw new RefusedException(ErrorCode.NOT_FOUND, "Spec " + specId + " not found");
            }
            Map<String, @Nullable Object> before = child(specs, specId);
            Map<String, @Nullable Object> after = new LinkedHashMap<>(before);
            for (String key : List.of("roles", "action_types")) {
                if (body.get(key) != null) {
                    after.put(key, texts(key, body.get(key)));
                }
            }
            specs.put(specId, after);
            content.put("specs", specs);
            PolicyEdit edit =
                    new PolicyEdit(PolicyFiles.SPECS, "Updated role bindings for " + specId + ".", before, after);
            return write(file, content, edit);
        });
    }

    private String write(PolicyFile file, Map<String, @Nullable Object> content, PolicyEdit edit) {
        byte[] bytes;
        try {
            bytes = ProjectText.encoded(file.text(), edit.targetPath(), JsonForm.pretty(content));
        } catch (ProjectFileException e) {
            throw ChangeExecution.failed(e.getMessage());
        }
        ChangeIntent intent = new ChangeIntent(edit, file.text().sha256(), Sha256.hex(bytes), ledger.end());
        String eventId = execution.carryOut(intent, bytes).get(0).id();
        execution.settle(intent);
        return eventId;
    }

    private List<String> paths(List<String> wanted, List<String> before) {
        if (wanted.isEmpty()) {
            throw RefusedException.invalid("Role must have at least one jurisdiction path");
        }
        ProtectedPaths protectedPaths = policy.current().protectedPaths();
        for (String path : wanted) {
            Located located = tree.locate(path);
            String real = located.real();
            boolean isCovering = real == null
                    || located.normal().startsWith("..")
                    || located.normal().startsWith("/")
                    || protectedPaths.touchesSovereign(located.normal())
                    || protectedPaths.touchesSovereign(real);
            if (protectedPaths.isSovereign(PathText.normal(path)) || (isCovering && !before.contains(path))) {
                throw RefusedException.invalid(
                        "Path " + path + " is a sovereign path and cannot be assigned to an agent role.");
            }
        }
        return wanted;
    }

    private PolicyFile read(String file) {
        ProjectText text;
        try {
            text = files.read(file);
            if (text != null && json.read(text.text()) instanceof Map<?, ?> tree) {
                return new PolicyFile(tree, text);
            }
        } catch (MalformedJsonException e) {
            throw new RefusedException(ErrorCode.FAILED, file + " is broken: " + e.getMessage());
        }
        throw new RefusedException(ErrorCode.FAILED, file + (text == null ? " is missing" : " is not an object"));
    }

    private static Map<String, @Nullable Object> child(Map<String, @Nullable Object> parent, String key) {
        if (parent.get(key) instanceof Map<?, ?> child) {
            return JsonFields.copy(child);
        }
        throw new RefusedException(ErrorCode.FAILED, key + " is not an object");
    }

    /** A role in its current form, converted from the older form if necessary. */
    private static Map<String, @Nullable Object> rule(@Nullable Object value) {
        if (value instanceof Map<?, ?> rule) {
            return JsonFields.copy(rule);
        }
        Map<String, @Nullable Object> rule = new LinkedHashMap<>();
        rule.put("paths", value);
        rule.put("action_types", List.of());
        rule.put("locked", false);
        return rule;
    }

    private static List<String> texts(String field, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)
                || list.size() > MAX_ENTRIES
                || !list.stream().allMatch(String.class::isInstance)) {
            throw RefusedException.invalid(field + " must be a list of at most " + MAX_ENTRIES + " strings");
        }
        return list.stream()
                .map(String.class::cast)
                .map(text -> Limits.check(field, text, Limits.PATH))
                .toList();
    }

    /** A policy file, parsed and as text. */
    private record PolicyFile(Map<?, ?> tree, ProjectText text) {}
}
