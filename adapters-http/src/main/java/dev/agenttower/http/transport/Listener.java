package dev.agenttower.http.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A listening socket. A socket of the library looks at each accept whether the file it was bound to is still there, and closes itself if
 * not; that breaks a bind through a link. So one socket binds and owns the descriptor, and a second view of the same descriptor, which knows
 * of no file, accepts.
 */
final class Listener implements Closeable {
    private final AFUNIXServerSocket owner;
    private final AFUNIXServerSocket acceptor;

    private Listener(AFUNIXServerSocket owner, AFUNIXServerSocket acceptor) {
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
            AFUNIXServerSocket acceptor =
                    FileDescriptorCast.using(owner.getFileDescriptor()).as(AFUNIXServerSocket.class);
            acceptor.setDeleteOnClose(false);
            return new Listener(owner, acceptor);
        } catch (IOException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    /** Waits for the next connection. */
    AFUNIXSocket accept() throws IOException {
        return acceptor.accept();
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
