package dev.agenttower.client;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Sends HTTP/1.1 requests to a socket, each on its own connection, with one deadline for the whole exchange. Thread-safe. */
final class HttpExchange implements AutoCloseable {
    private final Path socket;
    private final Deadlines deadlines = new Deadlines();

    HttpExchange(Path socket) {
        this.socket = socket;
    }

    Path socket() {
        return socket;
    }

    /**
     * Connects, sends and reads.
     *
     * @param within the time for all three together
     * @throws TransportException if there is no usable answer in time
     */
    HttpAnswer send(HttpRequest request, Duration within) {
        byte[] bytes = request.bytes();
        try (SocketChannel channel = SocketConnector.open(socket);
                Deadlines.Deadline deadline = deadlines.arm(channel, within)) {
            SocketConnector.connect(channel, socket, deadline);
            try {
                return Turn.take(channel, bytes, () -> new HttpReader(channel).read());
            } catch (IOException e) {
                throw new TransportException.NoAnswer(
                        socket, deadline.isExpired() ? "no answer in time from" : "connection broke to", e);
            }
        } catch (IOException e) {
            // Only closing the channel can fail here, after the answer was read.
            throw new TransportException.NoAnswer(socket, "connection broke to", e);
        }
    }

    @Override
    public void close() {
        deadlines.close();
    }
}
