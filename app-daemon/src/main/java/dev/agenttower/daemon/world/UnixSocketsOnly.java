package dev.agenttower.daemon.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a {@link Socket} is made of in the daemon: nothing. Sockets of other families bring their own; a plain one can be created and
 * configured, which libraries do on the way to a Unix socket, but it has no descriptor and cannot be connected or bound.
 */
public final class UnixSocketsOnly extends SocketImpl {
    private static final AtomicBoolean ENFORCED = new AtomicBoolean();

    private UnixSocketsOnly() {}

    /** Makes it impossible for this JVM to open TCP sockets through {@link Socket}. Again does nothing. */
    // There is no other place where the JDK lets sockets be replaced, and the daemon must not hold one of the internet
    // family.
    @SuppressWarnings("deprecation")
    public static void enforce() throws IOException {
        if (ENFORCED.compareAndSet(false, true)) {
            Socket.setSocketImplFactory(UnixSocketsOnly::new);
        }
    }

    @Override
    protected void create(boolean stream) {}

    @Override
    protected void connect(String host, int port) throws SocketException {
        throw refused();
    }

    @Override
    protected void connect(InetAddress address, int port) throws SocketException {
        throw refused();
    }

    @Override
    protected void connect(SocketAddress address, int timeout) throws SocketException {
        throw refused();
    }

    @Override
    protected void bind(InetAddress host, int port) throws SocketException {
        throw refused();
    }

    @Override
    protected void listen(int backlog) throws SocketException {
        throw refused();
    }

    @Override
    protected void accept(SocketImpl socket) throws SocketException {
        throw refused();
    }

    @Override
    protected InputStream getInputStream() throws SocketException {
        throw refused();
    }

    @Override
    protected OutputStream getOutputStream() throws SocketException {
        throw refused();
    }

    @Override
    protected int available() {
        return 0;
    }

    @Override
    protected void close() {}

    @Override
    protected void sendUrgentData(int data) throws SocketException {
        throw refused();
    }

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
        return switch (option) {
            case SocketOptions.TCP_NODELAY,
                    SocketOptions.SO_KEEPALIVE,
                    SocketOptions.SO_REUSEADDR,
                    SocketOptions.SO_REUSEPORT,
                    SocketOptions.SO_OOBINLINE -> false;
            default -> 0;
        };
    }

    private static SocketException refused() {
        return new SocketException("the daemon opens Unix sockets only");
    }
}
