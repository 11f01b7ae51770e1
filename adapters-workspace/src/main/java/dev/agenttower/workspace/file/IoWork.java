package dev.agenttower.workspace.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Work on files. */
@FunctionalInterface
public interface IoWork<T extends @Nullable Object> {
    T run() throws IOException;
}
