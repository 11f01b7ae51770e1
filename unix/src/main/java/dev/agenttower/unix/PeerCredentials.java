package dev.agenttower.unix;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketCredentials;
import org.newsclub.net.unix.AFUNIXSocketExtensions;

/**
 * The process at the other end of a connection, as the kernel names it.
 *
 * @param uid the effective user id when it connected, or -1 if the kernel does not tell
 * @param pid its process id when it connected, as seen by this process, or -1
 */
public record PeerCredentials(long uid, long pid) {
    /**
     * The peer of a connection.
     *
     * @param connection a socket or a channel of the library
     * @throws IOException if the connection is closed already
     */
    public static PeerCredentials of(AFUNIXSocketExtensions connection) throws IOException {
        @Nullable AFUNIXSocketCredentials told = connection.getPeerCredentials();
        return told == null ? new PeerCredentials(-1, -1) : new PeerCredentials(told.getUid(), told.getPid());
    }
}
