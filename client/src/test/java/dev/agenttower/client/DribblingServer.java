package dev.agenttower.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that sends a blank every few milliseconds and never a line feed. */
final class DribblingServer implements AutoCloseable {
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean dribbled;
    private final Thread thread = new Thread(this::dribble, "dribbling-server");

    DribblingServer(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        thread.setDaemon(true);
        thread.start();
    }

    boolean hasDribbled() {
        return dribbled;
    }

    private void dribble() {
        try (SocketChannel peer = server.accept()) {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                peer.write(ByteBuffer.wrap(new byte[] {' '}));
                dribbled = true;
            }
        } catch (IOException e) {
            // The client has left, as it should.
            closed.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
