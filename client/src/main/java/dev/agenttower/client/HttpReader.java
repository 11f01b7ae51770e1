package dev.agenttower.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 answer from a connection that serves no other.
 *
 * <p>It is strict: lines must end in CR LF, the length must be stated once and in one way, and a truncated or overlong answer is an error.
 * A lenient reader could be misled about the boundaries of an answer. Not thread-safe.
 */
final class HttpReader {
    /** The longest head that is read: status line and headers, 64 KiB. */
    static final int MAX_HEAD_BYTES = 64 << 10;
    /** The longest body that is read: 64 MiB. */
    static final int MAX_BODY_BYTES = 64 << 20;

    private static final int READ_BYTES = 64 << 10;
    private static final int MAX_CHUNK_LINE = 1024;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES).flip();
    private byte[] body = new byte[0];
    private int bodyLength;

    HttpReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads the answer.
     *
     * @throws TransportException.UnreadableAnswer if it is not a valid answer
     * @throws IOException if the connection breaks
     */
    HttpAnswer read() throws IOException {
        int status = status(line(MAX_HEAD_BYTES));
        Framing framing = framing();
        if (status == 204 || status == 304) {
            return new HttpAnswer(status, new byte[0]);
        }
        if (framing.chunked) {
            readChunks();
        } else if (framing.length >= 0) {
            readExactly(framing.length);
        } else {
            readToEnd();
        }
        return new HttpAnswer(status, Arrays.copyOf(body, bodyLength));
    }

    private static int status(String line) {
        boolean fits = line.length() >= 12
                && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = fits ? digits(line.substring(9, 12), 10) : -1;
        if (status < 200 || status > 599) {
            throw unreadable("the answer does not begin with a status line");
        }
        return status;
    }

    private Framing framing() throws IOException {
        boolean chunked = false;
        int length = -1;
        int room = MAX_HEAD_BYTES;
        for (String line = line(room); !line.isEmpty(); line = line(room)) {
            room -= line.length() + 2;
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(colon - 1) <= ' ' || line.charAt(0) <= ' ') {
                throw unreadable("the answer has a malformed header");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("content-length")) {
                if (length >= 0) {
                    throw unreadable("the answer states its length twice");
                }
                length = checkedLength(digits(value, 10));
            } else if (name.equals("transfer-encoding")) {
                if (chunked || !value.equalsIgnoreCase("chunked")) {
                    throw unreadable("the answer is in an unknown transfer encoding");
                }
                chunked = true;
            } else if (name.equals("content-encoding") && !value.equalsIgnoreCase("identity")) {
                throw unreadable("the answer is in an unknown content encoding");
            }
        }
        if (chunked && length >= 0) {
            throw unreadable("the answer states its length in two ways");
        }
        return new Framing(chunked, length);
    }

    private record Framing(boolean chunked, int length) {}

    private void readChunks() throws IOException {
        while (true) {
            String line = line(MAX_CHUNK_LINE);
            int semicolon = line.indexOf(';');
            int size = digits((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
            if (size < 0) {
                throw unreadable("the answer has a malformed chunk");
            }
            if (size == 0) {
                break;
            }
            readExactly(size);
            if (!line(2).isEmpty()) {
                throw unreadable("the answer has a malformed chunk");
            }
        }
        int room = MAX_HEAD_BYTES;
        for (String trailer = line(room); !trailer.isEmpty(); trailer = line(room)) {
            room -= trailer.length() + 2;
        }
    }

    private void readExactly(int count) throws IOException {
        checkedLength(bodyLength + (long) count);
        int missing = count;
        while (missing > 0) {
            if (!fill()) {
                throw unreadable("the answer is cut short");
            }
            missing -= takeIntoBody(missing);
        }
    }

    private void readToEnd() throws IOException {
        while (fill()) {
            checkedLength(bodyLength + (long) buffer.remaining());
            takeIntoBody(buffer.remaining());
        }
    }

    private int takeIntoBody(int most) {
        int count = Math.min(most, buffer.remaining());
        if (bodyLength + count > body.length) {
            body = Arrays.copyOf(body, Math.max(bodyLength + count, Math.min(2 * body.length, MAX_BODY_BYTES)));
        }
        buffer.get(body, bodyLength, count);
        bodyLength += count;
        return count;
    }

    private String line(int most) throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (!fill()) {
                throw unreadable(line.isEmpty() ? "the connection ended without an answer" : "the answer is cut short");
            }
            char c = (char) (buffer.get() & 0xff);
            if (c == '\n') {
                if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                    throw unreadable("the answer has a line without CR");
                }
                line.setLength(line.length() - 1);
                return line.toString();
            }
            if (line.length() >= most) {
                throw unreadable("the answer has a line or head that is too long");
            }
            line.append(c);
        }
    }

    /** Whether the buffer has bytes, after a read if necessary; false at the end of the stream. */
    private boolean fill() throws IOException {
        while (!buffer.hasRemaining()) {
            buffer.clear();
            int read;
            try {
                read = channel.read(buffer);
            } finally {
                buffer.flip();
            }
            if (read < 0) {
                return false;
            }
        }
        return true;
    }

    private static int checkedLength(long length) {
        if (length < 0 || length > MAX_BODY_BYTES) {
            throw unreadable("the answer states no length of at most " + MAX_BODY_BYTES + " bytes");
        }
        return (int) length;
    }

    /** The number, or -1 if the text is anything but one to nine digits. */
    private static int digits(String text, int radix) {
        boolean fits = !text.isEmpty()
                && text.length() <= (radix == 16 ? 7 : 9)
                && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
        return fits ? Integer.parseInt(text, radix) : -1;
    }

    private static TransportException.UnreadableAnswer unreadable(String what) {
        return new TransportException.UnreadableAnswer(what, null);
    }
}
