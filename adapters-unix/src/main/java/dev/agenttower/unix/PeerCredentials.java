package dev.agenttower.unix;

import dev.agenttower.core.caller.Peer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketCredentials;
import org.newsclub.net.unix.AFUNIXSocketExtensions;

/** Who is at the other end of a connection, by the kernel's word. */
public final class PeerCredentials {
    private PeerCredentials() {}

    /**
     * The peer as it was when it connected; an unknown one if the kernel does not tell.
     *
     * @param connection a socket or a channel of the library
     * @throws IOException if the connection is closed already
     */
    public static Peer of(AFUNIXSocketExtensions connection) throws IOException {
        @Nullable AFUNIXSocketCredentials told = connection.getPeerCredentials();
        return told == null ? new Peer(Peer.UNKNOWN, Peer.UNKNOWN) : new Peer(told.getUid(), told.getPid());
    }
}
