package dev.agenttower.http.transport;

import dev.agenttower.unix.BoundSocket;
import dev.agenttower.unix.SocketFile;
import java.io.Closeable;
import java.io.IOException;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;

/** A listening socket that waits for its clients. */
final class Listener implements Closeable {
    private final BoundSocket bound;
    private final AFUNIXServerSocket acceptor;

    private Listener(BoundSocket bound, AFUNIXServerSocket acceptor) {
        this.bound = bound;
        this.acceptor = acceptor;
    }

    static Listener on(SocketFile file, int backlog) throws IOException {
        BoundSocket bound = file.listen(backlog);
        try {
            AFUNIXServerSocket acceptor = bound.acceptor(AFUNIXServerSocket.class);
            acceptor.setDeleteOnClose(false);
            return new Listener(bound, acceptor);
        } catch (IOException | RuntimeException e) {
            bound.close();
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
            bound.close();
        }
    }
}
