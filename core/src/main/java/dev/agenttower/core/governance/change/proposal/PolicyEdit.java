package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.json.JsonFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A human's change of one entry of a policy file.
 *
 * @param targetPath the file, relative to the root
 * @param description a sentence for people
 * @param before the entry before
 * @param after the entry after
 */
public record PolicyEdit(
        String targetPath,
        String description,
        Map<String, @Nullable Object> before,
        Map<String, @Nullable Object> after)
        implements AuthorizedChange {
    /** Copies both entries, keeping their order. */
    public PolicyEdit {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
    }

    /** The file: only one edit of a file is in progress at a time. */
    @Override
    public String id() {
        return targetPath;
    }

    @Override
    public List<EventDraft> events(@Nullable String beforeSha256, String afterSha256) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("before", before);
        data.put("after", after);
        return List.of(EventDraft.of(
                        "gov_config", Actors.HUMAN, Actors.COLLABORATOR, "governance_config_updated", 1, description)
                .withSpec("SPEC-026")
                .withData(data));
    }

    @Override
    public EventDraft interrupted(@Nullable String found) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("target_path", targetPath);
        data.put("found_sha256", found);
        return EventDraft.of(
                        "gov_int",
                        Actors.SYSTEM,
                        Actors.SENTRY,
                        "governance_config_interrupted",
                        1,
                        "An update of " + targetPath + " was interrupted and the file was changed by something else"
                                + " since; make it again.")
                .withSpec("SPEC-026")
                .with("escalation", true)
                .withData(data);
    }

    /** The edit as a JSON tree. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("target_path", targetPath);
        tree.put("description", description);
        tree.put("before", before);
        tree.put("after", after);
        return tree;
    }

    /**
     * Reads {@link #tree()}.
     *
     * @throws IllegalArgumentException if it is not such a tree
     */
    public static PolicyEdit of(Map<?, ?> tree) {
        if (!(tree.get("target_path") instanceof String path)
                || !(tree.get("description") instanceof String description)
                || !(tree.get("before") instanceof Map<?, ?> before)
                || !(tree.get("after") instanceof Map<?, ?> after)) {
            throw new IllegalArgumentException("no policy edit: " + tree.keySet());
        }
        return new PolicyEdit(path, description, JsonFields.copy(before), JsonFields.copy(after));
    }
}
