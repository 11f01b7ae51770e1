package dev.agenttower.socket.server;

import dev.agenttower.core.caller.OwnUser;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageFullException;
import dev.agenttower.socket.server.framing.Frame;
import dev.agenttower.socket.server.framing.LineSession;
import dev.agenttower.socket.server.framing.Reply;
import dev.agenttower.socket.server.framing.Step;
import dev.agenttower.socket.server.gate.Gates;
import dev.agenttower.socket.server.gate.Refusal;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Caller;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.connection.Next;
import dev.agenttower.unix.connection.Protocol;
import dev.agenttower.unix.connection.Session;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a line through the gates to its method, and wraps the result in its envelope. */
final class TowerProtocol implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(TowerProtocol.class);

    private final OwnUser ownUser;
    private final Gates gates;
    private final Function<Peer, Caller> callers;
    private final Map<Envelope, Function<RefusedException, Failure>> refusals;
    private final JsonText json;

    TowerProtocol(
            OwnUser ownUser,
            Gates gates,
            Function<Peer, Caller> callers,
            Map<Envelope, Function<RefusedException, Failure>> refusals,
            JsonText json) {
        this.ownUser = ownUser;
        this.gates = gates;
        this.callers = callers;
        this.refusals = refusals;
        this.json = json;
    }

    @Override
    public Session begin(PeerCredentials peer) {
        return new TowerSession(callers.apply(new Peer(peer.uid(), peer.pid())));
    }

    private Reply reply(Envelope envelope, Failure failure, Next next) {
        return Reply.of(json.line(envelope.failure(failure)), next);
    }

    private Reply answer(Call call) {
        return answer(call, () -> {
            gates.enter(call);
            return call.method().handler().handle(call);
        });
    }

    private Reply answer(Call call, Execution execution) {
        Envelope envelope = call.method().envelope();
        Next next = next(call.keepsAlive());
        try {
            Result result = execution.run();
            Result.Delay delay = result.delay();
            return delay == null
                    ? new Reply(json.line(envelope.success(result.body())), next, result.afterwards())
                    : Reply.later(delay.patience(), delay.hasCome(), () -> answer(call, delay.result()::get));
        } catch (Refusal refusal) {
            return reply(refusal.envelope(), refusal.failure(), next);
        } catch (RefusedException e) {
            return reply(
                    envelope, Objects.requireNonNull(refusals.get(envelope)).apply(e), next);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            // The only handler of unexpected exceptions: the log gets the details, the client none.
            LOG.error("{} failed", call.method().name(), e);
            return reply(envelope, failure(e), next);
        }
    }

    /** What the client can do something about is told: on a full disk the log of the daemon may say nothing. */
    private static Failure failure(Throwable unexpected) {
        if (unexpected instanceof StorageFullException) {
            return Failure.of(
                    ErrorCode.INTERNAL_ERROR,
                    "no space is left on the disk that holds the state of the tower; nothing was changed");
        }
        if (unexpected instanceof StorageBusyException) {
            return Failure.of(
                    ErrorCode.INTERNAL_ERROR,
                    "another program keeps the database locked; nothing was changed, try again");
        }
        return Failure.internal();
    }

    /** The execution of a call, or of the rest of one that waited. */
    @FunctionalInterface
    private interface Execution {
        Result run() throws Refusal;
    }

    private static Next next(boolean keepsAlive) {
        return keepsAlive ? Next.KEEP_OPEN : Next.CLOSE;
    }

    private final class TowerSession extends LineSession {
        private final Caller caller;

        TowerSession(Caller caller) {
            this.caller = caller;
        }

        @Override
        public boolean isAdmitted() {
            return ownUser.admits(caller.peer());
        }

        @Override
        protected Reply refusal(Rejection reason) {
            return reply(
                    Envelope.LEGACY,
                    reason == Rejection.NOT_ADMITTED
                            ? Gates.OTHER_USER
                            : Failure.of(ErrorCode.DAEMON_UNAVAILABLE, "too many connections; try again"),
                    Next.CLOSE);
        }

        @Override
        protected Step take(Frame frame) {
            Call call;
            try {
                call = gates.arrive(frame, caller);
            } catch (Refusal refusal) {
                boolean tooLong = frame.ending() == Frame.Ending.TOO_LONG;
                Next next = tooLong ? Next.DRAIN : next(refusal.keepsAlive());
                return Step.answer(reply(refusal.envelope(), refusal.failure(), next));
            }
            return new Step(
                    call.method().lane().apply(call.params()),
                    () -> answer(call),
                    () -> reply(
                            call.method().envelope(),
                            Failure.of(ErrorCode.DAEMON_UNAVAILABLE, "the daemon is busy; try again"),
                            next(call.keepsAlive())));
        }
    }
}
