package dev.agenttower.http.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** A chunked body, parsed strictly: the library accepts signs and blanks around sizes, and lines that end in LF alone. Not thread-safe. */
final class ChunkedBody extends InputStream {
    private static final int MOST_DIGITS = 8;
    private static final int LONGEST_LINE = 1 << 10;
    private static final int MOST_TRAILERS = 32;

    private final SessionInputBuffer buffer;
    private final InputStream in;
    private long left;
    private boolean isBegun;
    private boolean isEnded;

    ChunkedBody(SessionInputBuffer buffer, InputStream in) {
        this.buffer = buffer;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !isEnded) {
            nextChunk();
        }
        if (isEnded) {
            return -1;
        }
        int count = buffer.read(target, offset, (int) Math.min(length, left), in);
        if (count < 0) {
            throw cut();
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (isBegun && !line().isEmpty()) {
            throw malformed();
        }
        isBegun = true;
        String line = line();
        int extension = line.indexOf(';');
        String size = extension < 0 ? line : line.substring(0, extension);
        if (!size.matches("[0-9A-Fa-f]{1," + MOST_DIGITS + "}")) {
            throw malformed();
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            readTrailers();
            isEnded = true;
        }
    }

    private void readTrailers() throws IOException {
        for (int i = 0; i <= MOST_TRAILERS; i++) {
            String line = line();
            if (line.isEmpty()) {
                return;
            }
            if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*")) {
                throw malformed();
            }
        }
        throw malformed();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = octet(); c != '\r'; c = octet()) {
            if ((c < ' ' && c != '\t') || c == 0x7f || line.length() >= LONGEST_LINE) {
                throw malformed();
            }
            line.append((char) c);
        }
        if (octet() != '\n') {
            throw malformed();
        }
        return line.toString();
    }

    private int octet() throws IOException {
        int octet = buffer.read(in);
        if (octet < 0) {
            throw cut();
        }
        return octet;
    }

    private static IOException cut() {
        return new ConnectionClosedException("the body ends early");
    }

    private static IOException malformed() {
        return new MalformedChunkCodingException("malformed chunk");
    }
}
