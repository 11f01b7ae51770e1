package dev.agenttower.client;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens blocking connections to a socket, of any path length, and determines the reason of failures. */
final class SocketConnector {
    private SocketConnector() {}

    static SocketChannel open(Path socket) {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw new TransportException.NoAnswer(socket, "cannot open a connection to", e);
        }
    }

    /** Connects; on failure, closes the channel. */
    static void connect(SocketChannel channel, Path socket, Deadlines.Deadline deadline) {
        try (SocketLink link = SocketLink.to(socket)) {
            channel.connect(UnixDomainSocketAddress.of(link.path()));
        } catch (IOException e) {
            closeAfter(e, channel);
            throw deadline.isExpired()
                    ? new TransportException.NoAnswer(socket, "no connection in time to", e)
                    : connectFailure(socket, e);
        }
    }

    // The JDK has exception types for refusal and missing permission only; the file system tells the other cases apart.
    private static TransportException connectFailure(Path socket, IOException failure) {
        if (failure instanceof ConnectException) {
            return new TransportException.ConnectionRefused(socket, failure);
        }
        if (failure instanceof BindException) {
            return new TransportException.PermissionDenied(socket, failure);
        }
        if (!Files.exists(socket)) {
            return new TransportException.SocketMissing(socket, failure);
        }
        return new TransportException.NoAnswer(socket, "cannot connect to", failure);
    }

    private static void closeAfter(IOException failure, SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
