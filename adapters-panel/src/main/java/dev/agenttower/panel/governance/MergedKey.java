package dev.agenttower.panel.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.UnifiedDiffUtils;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.text.Unseen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a JSON file that a merge adds or changes.
 *
 * @param path the keys down to it, joined by {@code  > }
 * @param before its value now; null for an added key
 * @param after its value in the result
 */
public record MergedKey(String path, @Nullable String before, String after) {
    private static final int LIMIT = 200;
    private static final int VALUE = 400;

    /** Whether the key is new. */
    public boolean isAdded() {
        return before == null;
    }

    /** At most 200 keys in which the result of a merge differs from the file; none where the two cannot be compared. */
    static List<MergedKey> of(JsonNode merged, ChangePreview preview) {
        String result = preview.result();
        if (result == null) {
            return List.of();
        }
        try {
            List<MergedKey> keys = new ArrayList<>();
            collect("", merged, JsonText.parseWhole(before(result, preview.diff())), JsonText.parseWhole(result), keys);
            return keys;
        } catch (RuntimeException incomparable) {
            // The diff is shown all the same, and it is what counts.
            return List.of();
        }
    }

    /** The file as it is: the result with the diff taken back. */
    private static String before(String result, String diff) {
        List<String> lines = result.lines().toList();
        List<String> changes =
                diff.lines().filter(line -> !line.startsWith("\\")).toList();
        return String.join("\n", UnifiedDiffUtils.parseUnifiedDiff(changes).restore(lines));
    }

    private static void collect(String path, JsonNode merged, JsonNode before, JsonNode after, List<MergedKey> keys) {
        merged.properties().forEach(entry -> {
            String name = Unseen.named(Text.abbreviated(entry.getKey(), VALUE));
            String below = path.isEmpty() ? name : path + " > " + name;
            JsonNode old = before.path(entry.getKey());
            JsonNode now = after.path(entry.getKey());
            if (old.isObject() && entry.getValue().isObject()) {
                collect(below, entry.getValue(), old, now, keys);
            } else if (!old.equals(now) && keys.size() < LIMIT) {
                keys.add(new MergedKey(below, old.isMissingNode() ? null : shown(old), shown(now)));
            }
        });
    }

    private static String shown(JsonNode value) {
        return Unseen.named(Text.abbreviated(JsonText.unicode(value), VALUE));
    }
}
