package dev.agenttower.bench.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a program's output in the engine's stream format: one byte for the stream, three zero bytes, the length as a big-endian
 * number, the bytes.
 */
final class Frame {
    private static final int HEADER = 8;
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int STANDARD_ERROR = 2;

    private final int stream;
    private final byte[] bytes;

    private Frame(int stream, byte[] bytes) {
        this.stream = stream;
        this.bytes = bytes;
    }

    /**
     * Reads the next frame; null at the end.
     *
     * @throws IOException if the stream ends inside a frame or does not consist of frames
     */
    static @Nullable Frame read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw new EOFException("the output ended inside a header");
        }
        int length = ByteBuffer.wrap(header).getInt(HEADER - Integer.BYTES);
        if (header[0] < 0 || header[0] > STANDARD_ERROR || length < 0 || length > LARGEST) {
            throw new IOException("the output is not framed");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the output ended inside a frame");
        }
        return new Frame(header[0], bytes);
    }

    boolean isError() {
        return stream == STANDARD_ERROR;
    }

    byte[] bytes() {
        return bytes;
    }
}
