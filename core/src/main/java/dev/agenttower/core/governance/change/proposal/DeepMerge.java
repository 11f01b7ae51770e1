package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merge of one JSON object into another.
 *
 * <p>Where both have an object under a key, these are merged; everything else takes the place of what was there, also null, a list, and an
 * object where there was none. Keys stay in their order, new ones come last, none is ever removed.
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
