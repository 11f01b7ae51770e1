package dev.agenttower.unix;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketCredentials;
import org.newsclub.net.unix.AFUNIXSocketExtensions;

/**
 * The process at the other end of a connection, as reported by the kernel.
 *
 * @param uid its effective user id when it connected, or -1 if unknown
 * @param pid its process id when it connected, in this process's PID namespace, or -1
 */
public record PeerCredentials(long uid, long pid) {
    /**
     * The peer of a connection.
     *
     * @param connection a socket or a channel of the library
     * @throws IOException if the connection is already closed
     */
    public static PeerCredentials of(AFUNIXSocketExtensions connection) throws IOException {
        @Nullable AFUNIXSocketCredentials credentials = connection.getPeerCredentials();
        return credentials == null
                ? new PeerCredentials(-1, -1)
                : new PeerCredentials(credentials.getUid(), credentials.getPid());
    }
}
