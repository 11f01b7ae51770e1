package dev.agenttower.http.transport;

import dev.agenttower.unix.BoundSocket;
import dev.agenttower.unix.SocketFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** A listening socket that never waits. */
final class Listener implements Closeable {
    private final BoundSocket bound;
    private final AFUNIXServerSocketChannel acceptor;

    private Listener(BoundSocket bound, AFUNIXServerSocketChannel acceptor) {
        this.bound = bound;
        this.acceptor = acceptor;
    }

    static Listener on(SocketFile file, int backlog) throws IOException {
        BoundSocket bound = file.listen(backlog);
        try {
            AFUNIXServerSocketChannel acceptor = bound.acceptor(AFUNIXServerSocketChannel.class);
            acceptor.socket().setDeleteOnClose(false);
            acceptor.configureBlocking(false);
            return new Listener(bound, acceptor);
        } catch (IOException | RuntimeException e) {
            bound.close();
            throw e;
        }
    }

    SelectionKey register(Selector selector) throws IOException {
        return acceptor.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** The next connection; null if there is none. */
    @Nullable AFUNIXSocketChannel accept() throws IOException {
        return acceptor.accept();
    }

    boolean isOpen() {
        return acceptor.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            acceptor.close();
        } finally {
            bound.close();
        }
    }
}
