package dev.agenttower.unix.file;

import java.io.IOException;
import java.io.OutputStream;

/** Content that is written as a stream, because it may be large. */
@FunctionalInterface
public interface FileContent {
    /** Writes the whole content, once. */
    void writeTo(OutputStream out) throws IOException;
}
