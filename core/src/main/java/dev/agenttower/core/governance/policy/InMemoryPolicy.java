package dev.agenttower.core.governance.policy;

import dev.agenttower.core.json.JsonText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy whose files are texts in memory. Thread-safe. */
public final class InMemoryPolicy implements PolicySource {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final JsonText json;

    /** A policy without files. */
    public InMemoryPolicy(JsonText json) {
        this.json = json;
    }

    /** Replaces one of {@link PolicyFiles}; null removes it. */
    public synchronized void put(String file, @Nullable String text) {
        if (text == null) {
            texts.remove(file);
        } else {
            texts.put(file, text);
        }
    }

    @Override
    public synchronized Policy current() {
        return new PolicyReader(json).read(texts, Map.of(), false, Instant.EPOCH);
    }
}
