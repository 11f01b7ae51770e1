package dev.agenttower.unix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * A socket that listens. A socket of the library looks at each accept whether the file it was bound to is still there, and closes itself if
 * not; that breaks a bind through a link. So this one binds and owns the descriptor, and a second view of the same descriptor, which knows
 * of no file, accepts.
 */
public final class BoundSocket implements Closeable {
    private final AFUNIXServerSocket owner;

    private BoundSocket(AFUNIXServerSocket owner) {
        this.owner = owner;
    }

    static BoundSocket bind(Path path, int backlog, BindGuard guard) throws IOException {
        AFUNIXServerSocket owner = AFUNIXServerSocket.newInstance();
        try {
            // The library would remove what lies at the path, before the bind and after the close.
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

    /**
     * The view that accepts; whoever asks for it closes it, before this.
     *
     * @param type a socket or a channel of the library that listens
     */
    public <V extends Closeable> V acceptor(Class<V> type) throws IOException {
        return FileDescriptorCast.using(owner.getFileDescriptor()).as(type);
    }

    @Override
    public void close() throws IOException {
        owner.close();
    }
}
