package dev.agenttower.core.governance.request;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The document that holds the requests of a project. Thread-safe. */
public interface RequestBook {
    /**
     * The current document, or null if there is none. Reading does not create it.
     *
     * @throws RequestBookException if it cannot be read
     */
    @Nullable String text();

    /**
     * Runs {@code work} with exclusive write access to the document. An implementation must keep out every other writer, including those of
     * other processes, until {@code work} returns. {@link Writing#save} must be atomic, and its result must be on disk when it returns.
     *
     * @throws RequestBookException if the document cannot be locked, read or written
     */
    <T> T exclusively(Function<Writing, T> work);

    /** Exclusive access to the document. */
    interface Writing {
        /** The current document, or null if there is none. */
        @Nullable String text();

        /** Replaces the document, or creates it. */
        void save(String text);
    }
}
