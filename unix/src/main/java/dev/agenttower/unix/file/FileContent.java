package dev.agenttower.unix.file;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a file that is written piece by piece, because it may be large. */
@FunctionalInterface
public interface FileContent {
    /** Writes all of it, once. */
    void writeTo(OutputStream out) throws IOException;
}
