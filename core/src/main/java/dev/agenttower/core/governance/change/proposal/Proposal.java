package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.project.TextPatch;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed proposal, which computes the new text of a file. */
public sealed interface Proposal {
    /**
     * The new text of the file.
     *
     * @param current the current text, or null when there is no file
     * @throws UnfitProposalException if it does not apply to that text
     */
    String applyTo(@Nullable String current, JsonText json);

    /**
     * Reads a proposal.
     *
     * @param changeType the name of its type
     * @param payload an object with the keys {@code patch}, {@code content} or {@code merge_data}
     * @throws UnfitProposalException if the type is unknown or its payload missing or malformed
     */
    static Proposal of(String changeType, Map<String, ? extends @Nullable Object> payload) {
        return switch (changeType) {
            case "patch" -> {
                if (!(payload.get("patch") instanceof Map<?, ?> patch)
                        || !(patch.get("old_string") instanceof String oldString)
                        || !(patch.get("new_string") instanceof String newString)) {
                    throw new UnfitProposalException("Invalid patch data");
                }
                yield new Patch(oldString, newString);
            }
            case "append" -> {
                if (!(payload.get("content") instanceof String content) || content.isEmpty()) {
                    throw new UnfitProposalException("No content to append");
                }
                yield new Append(content);
            }
            case "json_merge" -> {
                if (!(payload.get("merge_data") instanceof Map<?, ?> data) || data.isEmpty()) {
                    throw new UnfitProposalException("No merge data provided");
                }
                yield new JsonMerge(data);
            }
            case "full_replace" -> {
                if (!(payload.get("content") instanceof String content)) {
                    throw new UnfitProposalException("No content for replacement");
                }
                yield new FullReplace(content);
            }
            default -> throw new UnfitProposalException("Unsupported change type: " + changeType);
        };
    }

    /** The key under which a type of change has its payload; null if there is no such type. */
    static @Nullable String payload(String changeType) {
        return switch (changeType) {
            case "patch" -> "patch";
            case "append", "full_replace" -> "content";
            case "json_merge" -> "merge_data";
            default -> null;
        };
    }

    /** Replaces a text that must occur exactly once. */
    record Patch(String oldString, String newString) implements Proposal {
        @Override
        public String applyTo(@Nullable String current, JsonText json) {
            if (current == null) {
                throw new UnfitProposalException("No such file");
            }
            TextPatch patch = new TextPatch(oldString, newString);
            return patch.applyTo(current)
                    .orElseThrow(() -> new UnfitProposalException(
                            "Patch ambiguity: old_string found " + patch.occurrences(current) + " times"));
        }
    }

    /** Appends text unchanged. */
    record Append(String content) implements Proposal {
        @Override
        public String applyTo(@Nullable String current, JsonText json) {
            return current == null ? content : current + content;
        }
    }

    /** Merges an object into the JSON object in the file. */
    record JsonMerge(Map<?, ?> data) implements Proposal {
        @Override
        public String applyTo(@Nullable String current, JsonText json) {
            if (current == null) {
                throw new UnfitProposalException("No such file");
            }
            Object tree;
            try {
                tree = json.read(current);
            } catch (MalformedJsonException e) {
                throw new UnfitProposalException(e.getMessage());
            }
            if (!(tree instanceof Map<?, ?> object)) {
                throw new UnfitProposalException("the file does not hold a JSON object");
            }
            String merged = JsonForm.pretty(DeepMerge.merge(object, data));
            boolean usesCrLf =
                    current.contains("\r\n") && !current.replace("\r\n", "").contains("\n");
            return usesCrLf ? merged.replace("\n", "\r\n") : merged;
        }
    }

    /** Replaces the whole content. */
    record FullReplace(String content) implements Proposal {
        @Override
        public String applyTo(@Nullable String current, JsonText json) {
            return content;
        }
    }
}
