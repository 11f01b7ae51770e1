package dev.agenttower.contract.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server on a Unix socket that answers every request with one line, until it is closed. Its socket file stays. */
public final class FakeDaemon implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Thread thread;

    /** Listens on a socket, which must not exist. */
    public FakeDaemon(Path socket, String line) {
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(() -> serve(line), "fake-daemon");
        thread.start();
    }

    private void serve(String line) {
        ByteBuffer answer = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (true) {
            try (SocketChannel client = server.accept()) {
                answer(client, answer.duplicate());
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answer(SocketChannel client, ByteBuffer answer) {
        try {
            client.read(ByteBuffer.allocate(4096));
            client.write(answer);
        } catch (IOException gone) {
            // A client that only looks whether somebody listens does not wait for an answer.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
