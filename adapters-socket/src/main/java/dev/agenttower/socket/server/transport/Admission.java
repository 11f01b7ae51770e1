package dev.agenttower.socket.server.transport;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.unix.PeerCredentials;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in. When that fails, mostly for want of file descriptors, it makes room and waits a moment, so that others can close theirs.
 * Belongs to the thread that reads the sockets.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    /** Clients let in before those that are in get their turn. */
    private static final int BATCH = 64;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Listener listener;
    private final Selection selection;
    private final Protocol protocol;
    private final int lineLimit;
    private final LongSupplier ticker;
    private boolean paused;
    private long resumeAt;

    Admission(Listener listener, Selection selection, Protocol protocol, int lineLimit, LongSupplier ticker) {
        this.listener = listener;
        this.selection = selection;
        this.protocol = protocol;
        this.lineLimit = lineLimit;
        this.ticker = ticker;
    }

    /**
     * Lets in those who wait.
     *
     * @param makeRoom closes a connection that can be done without, if there is one
     * @param admit takes each new connection
     * @throws IOException if nobody can be let in any more
     */
    void letIn(Runnable makeRoom, Consumer<Connection> admit) throws IOException {
        for (int i = 0; i < BATCH; i++) {
            AFUNIXSocketChannel channel;
            try {
                channel = listener.accept();
            } catch (IOException e) {
                if (!listener.isOpen()) {
                    throw e;
                }
                LOG.warn("cannot accept a connection: {}", e.toString());
                makeRoom.run();
                pause();
                return;
            }
            if (channel == null) {
                return;
            }
            admit.accept(new Connection(channel, protocol.begin(peer(channel)), lineLimit));
        }
    }

    private void pause() {
        selection.watchDoor(false);
        paused = true;
        resumeAt = ticker.getAsLong() + PAUSE_NANOS;
    }

    /** Ends a pause whose time has come; tells how many nanoseconds are left, {@link Long#MAX_VALUE} if there is no pause. */
    long untilResumed(long now) {
        if (paused && resumeAt - now > 0) {
            return resumeAt - now;
        }
        if (paused) {
            paused = false;
            selection.watchDoor(true);
        }
        return Long.MAX_VALUE;
    }

    private static Peer peer(AFUNIXSocketChannel channel) {
        try {
            PeerCredentials peer = PeerCredentials.of(channel);
            return new Peer(peer.uid(), peer.pid());
        } catch (IOException e) {
            LOG.debug("no credentials of a client: {}", e.toString());
            return new Peer(Peer.UNKNOWN, Peer.UNKNOWN);
        }
    }
}
