package dev.agenttower.workspace;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Work on files. */
@FunctionalInterface
interface IoWork<T extends @Nullable Object> {
    T run() throws IOException;
}
