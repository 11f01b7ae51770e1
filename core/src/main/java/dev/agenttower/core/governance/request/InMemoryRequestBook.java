package dev.agenttower.core.governance.request;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A document in memory. Thread-safe. */
public final class InMemoryRequestBook implements RequestBook {
    private @Nullable String text;

    /** No document yet. */
    public InMemoryRequestBook() {
        this(null);
    }

    /** A document with this text; null for none. */
    public InMemoryRequestBook(@Nullable String text) {
        this.text = text;
    }

    @Override
    public synchronized @Nullable String text() {
        return text;
    }

    @Override
    public synchronized <T> T exclusively(Function<Writing, T> work) {
        return work.apply(new Writing() {
            @Override
            public @Nullable String text() {
                return text;
            }

            @Override
            public void save(String changed) {
                text = changed;
            }
        });
    }
}
