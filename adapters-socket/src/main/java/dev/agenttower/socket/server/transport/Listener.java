package dev.agenttower.socket.server.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A listening socket that never waits. A socket of the library looks at each accept whether the file it was bound to is still there, and
 * closes itself if not; that breaks a bind through a link. So one socket binds and owns the descriptor, and a second view of the same
 * descriptor, which knows of no file, accepts.
 */
final class Listener implements Closeable {
    private final AFUNIXServerSocket owner;
    private final AFUNIXServerSocketChannel acceptor;

    private Listener(AFUNIXServerSocket owner, AFUNIXServerSocketChannel acceptor) {
        this.owner = owner;
        this.acceptor = acceptor;
    }

    static Listener bind(SocketAddress address, int backlog, BindGuard guard) throws IOException {
        AFUNIXServerSocket owner = AFUNIXServerSocket.newInstance();
        try {
            // The library would remove what lies at the path, before the bind and after the close.
            owner.setReuseAddress(false);
            owner.setDeleteOnClose(false);
            guard.run(() -> owner.bind(address, backlog));
            AFUNIXServerSocketChannel acceptor =
                    FileDescriptorCast.using(owner.getFileDescriptor()).as(AFUNIXServerSocketChannel.class);
            acceptor.socket().setDeleteOnClose(false);
            acceptor.configureBlocking(false);
            return new Listener(owner, acceptor);
        } catch (IOException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    SelectionKey register(Selector selector) throws IOException {
        return acceptor.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** The next connection, not waiting either; null if there is none. */
    @Nullable AFUNIXSocketChannel accept() throws IOException {
        AFUNIXSocketChannel channel = acceptor.accept();
        if (channel != null) {
            channel.configureBlocking(false);
        }
        return channel;
    }

    boolean isOpen() {
        return acceptor.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            acceptor.close();
        } finally {
            owner.close();
        }
    }
}
