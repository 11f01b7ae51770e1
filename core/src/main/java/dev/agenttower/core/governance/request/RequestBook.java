package dev.agenttower.core.governance.request;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The document that holds the requests of a project. Thread-safe. */
public interface RequestBook {
    /**
     * The document as it is, or null if there is none. Reading does not create it.
     *
     * @throws RequestBookException if it cannot be read
     */
    @Nullable String text();

    /**
     * Gives the document to one writer alone. An implementation must keep out every other writer, of other processes too, until the work
     * returns, and have what is saved on disk, as a whole, when {@link Writing#save} returns.
     *
     * @throws RequestBookException if the document cannot be locked, read or written
     */
    <T> T exclusively(Function<Writing, T> work);

    /** The document, in the hands of one writer. */
    interface Writing {
        /** The document as it is, or null if there is none. */
        @Nullable String text();

        /** Replaces the document, or creates it. */
        void save(String text);
    }
}
