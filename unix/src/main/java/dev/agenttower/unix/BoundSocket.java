package dev.agenttower.unix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A non-blocking listening socket. At each accept, a channel of the library checks whether its bound file still exists, and closes itself
 * if not; that breaks a bind through a link. So one socket binds and owns the descriptor, and a channel on the same descriptor, without a
 * file, accepts.
 */
public final class BoundSocket implements Closeable {
    private final AFUNIXServerSocket owner;
    private final AFUNIXServerSocketChannel acceptor;

    private BoundSocket(AFUNIXServerSocket owner) throws IOException {
        this.owner = owner;
        this.acceptor = FileDescriptorCast.using(owner.getFileDescriptor()).as(AFUNIXServerSocketChannel.class);
        acceptor.socket().setDeleteOnClose(false);
        acceptor.configureBlocking(false);
    }

    static BoundSocket bind(Path path, int backlog, BindGuard guard) throws IOException {
        AFUNIXServerSocket owner = AFUNIXServerSocket.newInstance();
        try {
            // Otherwise the library removes the file at the path, before the bind and after the close.
            owner.setReuseAddress(false);
            owner.setDeleteOnClose(false);
            AFUNIXSocketAddress address = AFUNIXSocketAddress.of(path);
            guard.run(() -> owner.bind(address, backlog));
            return new BoundSocket(owner);
        } catch (IOException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    /** Lets a selector report clients to accept. */
    public SelectionKey register(Selector selector) throws IOException {
        return acceptor.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** The next client; null if there is none. */
    public @Nullable AFUNIXSocketChannel accept() throws IOException {
        return acceptor.accept();
    }

    /** Whether clients can be accepted. */
    public boolean isOpen() {
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
