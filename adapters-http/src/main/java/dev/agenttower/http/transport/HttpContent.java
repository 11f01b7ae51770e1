package dev.agenttower.http.transport;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer: bytes, or something that is written piece by piece because it may be large. */
public interface HttpContent {
    /** The length in bytes; negative where it is not known before it is written. */
    long length();

    /**
     * Writes it once. What fails other than by {@link IOException} must be the failure of what is read, upon which the connection is cut, so
     * that the client sees that something is missing.
     */
    void writeTo(OutputStream out) throws IOException;

    /** Content that is known already; the bytes are never changed by anyone. */
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
