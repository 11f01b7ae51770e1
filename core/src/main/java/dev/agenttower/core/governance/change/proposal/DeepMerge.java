package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merge of one JSON object into another.
 *
 * <p>Objects under the same key are merged recursively; any other value, including null and lists, replaces the existing one. Existing keys keep
 * their order, new keys come last, no key is removed.
 */
final class DeepMerge {
    private DeepMerge() {}

    /** A new object: {@code base} with {@code more} merged into it. */
    static Map<String, @Nullable Object> merge(Map<?, ?> base, Map<?, ?> more) {
        Map<String, @Nullable Object> merged = JsonFields.copy(base);
        more.forEach((key, value) -> merged.put(
                (String) key,
                value instanceof Map<?, ?> object && merged.get(key) instanceof Map<?, ?> existing
                        ? merge(existing, object)
                        : value));
        return merged;
    }
}
