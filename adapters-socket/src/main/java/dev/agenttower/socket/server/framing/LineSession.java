package dev.agenttower.socket.server.framing;

import static java.util.Objects.requireNonNull;

import dev.agenttower.unix.connection.Connection;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import dev.agenttower.unix.connection.Inbox;
import dev.agenttower.unix.connection.Lane;
import dev.agenttower.unix.connection.Next;
import dev.agenttower.unix.connection.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A session of one request per line. Subclasses interpret the lines. */
public abstract class LineSession implements Session {
    /** The maximum length of a request line, with its LF, in bytes. */
    public static final int LINE_BYTES = 65_536;

    /** The daemon's limits. */
    public static final ConnectionLimits LIMITS = new ConnectionLimits(
            /* connections= */ 1024,
            /* backlog= */ 4096,
            /* heldBytes= */ 16 << 20,
            /* workers= */ 4,
            /* queue= */ 512,
            /* patientWorkers= */ 16,
            /* patientQueue= */ 128,
            /* waiting= */ 256,
            /* drainBytes= */ 1 << 20,
            new Deadlines(
                    /* read= */ Duration.ofSeconds(5),
                    /* idle= */ Duration.ofMinutes(5),
                    /* worker= */ Duration.ofMinutes(1),
                    /* patience= */ Duration.ofMillis(500),
                    /* write= */ Duration.ofSeconds(15),
                    /* answer= */ Duration.ofSeconds(30),
                    /* drain= */ Duration.ofSeconds(1),
                    /* closeGrace= */ Duration.ofSeconds(2)));

    private static final byte LF = '\n';

    private int searched;
    private boolean isServed;
    private @Nullable Step step;

    /** Decides about a frame. Runs on the listening thread, so it must not block. */
    protected abstract Step take(Frame frame);

    /** The answer to a peer that is not authorized, or that exceeds the limit of connections; nothing was read from it. */
    protected abstract Reply refusal(Rejection reason);

    @Override
    public final @Nullable Lane lane(Inbox received) {
        if (step == null) {
            Frame frame = nextFrame(received);
            step = frame == null ? null : take(frame);
        }
        return step == null ? null : step.lane();
    }

    /** The next frame; null if it is incomplete, or if the client disconnected between two lines. */
    private @Nullable Frame nextFrame(Inbox received) {
        while (searched < received.length() && searched < LINE_BYTES) {
            if (received.at(searched++) == LF) {
                return cut(received, searched, Frame.Ending.LINE);
            }
        }
        if (received.length() > LINE_BYTES) {
            return cut(received, LINE_BYTES + 1, Frame.Ending.TOO_LONG);
        }
        boolean isBetweenLines = isServed && received.length() == 0;
        return received.isEnded() && !isBetweenLines ? cut(received, received.length(), Frame.Ending.CUT) : null;
    }

    private Frame cut(Inbox received, int length, Frame.Ending ending) {
        searched = 0;
        isServed = true;
        return new Frame(received.take(length), ending);
    }

    @Override
    public final Next serve(Connection connection) {
        return send(takeStep().work().get(), connection);
    }

    @Override
    public final Next refuse(Rejection reason, Connection connection) {
        return switch (reason) {
            case SILENT -> Next.CLOSE;
            case NO_WORKER -> send(takeStep().whenBusy().get(), connection);
            case NOT_ADMITTED, NO_ROOM -> send(refusal(reason), connection);
        };
    }

    private Step takeStep() {
        Step taken = requireNonNull(step, "no request");
        step = null;
        return taken;
    }

    static Next send(Reply reply, Connection connection) {
        connection.send(reply.line());
        connection.afterwards(reply.afterwards());
        return reply.next();
    }
}
