package dev.agenttower.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One exchange on a connection: sends a request, reads an answer. */
final class Turn {
    private Turn() {}

    /**
     * Sends a request and reads the answer.
     *
     * <p>A daemon that rejects a request may answer and close before it has read all of it: the answer counts, not the failed write.
     */
    static <T> T take(SocketChannel channel, byte[] request, Reading<T> answer) throws IOException {
        @Nullable IOException unsent = write(channel, request);
        try {
            return answer.read();
        } catch (IOException e) {
            if (unsent != null) {
                e.addSuppressed(unsent);
            }
            throw e;
        }
    }

    private static @Nullable IOException write(SocketChannel channel, byte[] request) {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Reads the answer. */
    interface Reading<T> {
        T read() throws IOException;
    }
}
