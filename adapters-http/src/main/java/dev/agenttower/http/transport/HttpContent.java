package dev.agenttower.http.transport;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer: bytes, or a stream because it may be large. */
public interface HttpContent {
    /** The length in bytes; negative if unknown before it is written. */
    long length();

    /**
     * Writes the content once. An exception other than {@link IOException} must be a failure to read the source; the connection is then
     * closed, so that the client detects the truncation.
     */
    void writeTo(OutputStream out) throws IOException;

    /** Content in memory; the bytes must not be modified. */
    static HttpContent of(byte[] bytes) {
        return new HttpContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
