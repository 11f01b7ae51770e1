package dev.agenttower.http.transport;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import dev.agenttower.unix.connection.Protocol;
import dev.agenttower.unix.connection.Session;
import java.time.Duration;

/**
 * HTTP/1.1 and HTTP/1.0. A connection gets a worker once the head of a request is complete; the worker reads the body.
 *
 * @param service answers the requests
 */
public record HttpProtocol(HttpService service) implements Protocol {
    /** The daemon's limits. */
    public static final ConnectionLimits LIMITS = new ConnectionLimits(
            /* connections= */ 2560,
            /* backlog= */ 1024,
            /* heldBytes= */ 8 << 20,
            /* workers= */ 32,
            /* queue= */ 512,
            /* patientWorkers= */ 1,
            /* patientQueue= */ 1,
            /* waiting= */ 512,
            /* drainBytes= */ 8 << 20,
            new Deadlines(
                    /* read= */ Duration.ofSeconds(10),
                    /* idle= */ Duration.ofSeconds(30),
                    /* worker= */ Duration.ofSeconds(5),
                    /* patience= */ Duration.ofMillis(500),
                    /* write= */ Duration.ofSeconds(15),
                    /* answer= */ Duration.ofSeconds(30),
                    /* drain= */ Duration.ofSeconds(1),
                    /* closeGrace= */ Duration.ofSeconds(2)));

    @Override
    public Session begin(PeerCredentials peer) {
        return new HttpSession(service, service.connected(new Peer(peer.uid(), peer.pid())));
    }
}
