package dev.agenttower.socket.server;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.server.framing.Frame;
import dev.agenttower.socket.server.framing.LineSession;
import dev.agenttower.socket.server.framing.Reply;
import dev.agenttower.socket.server.framing.Step;
import dev.agenttower.socket.server.gate.Exchange;
import dev.agenttower.socket.server.gate.Gates;
import dev.agenttower.socket.server.gate.OwnUser;
import dev.agenttower.socket.server.gate.Refusal;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Caller;
import dev.agenttower.socket.server.method.RefusalMapper;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a line through the gates to its method and puts what comes back into its envelope. */
final class TowerProtocol implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(TowerProtocol.class);

    private final OwnUser ownUser;
    private final Gates gates;
    private final HostGate hostGate;
    private final Map<Envelope, RefusalMapper> refusals;
    private final JsonText json;

    TowerProtocol(
            OwnUser ownUser, Gates gates, HostGate hostGate, Map<Envelope, RefusalMapper> refusals, JsonText json) {
        this.ownUser = ownUser;
        this.gates = gates;
        this.hostGate = hostGate;
        this.refusals = refusals;
        this.json = json;
    }

    @Override
    public Session begin(PeerCredentials peer) {
        return new TowerSession(new Caller(new Peer(peer.uid(), peer.pid()), hostGate));
    }

    private Reply reply(Envelope envelope, Failure failure, Next then) {
        return Reply.of(json.line(envelope.failure(failure)), then);
    }

    private Reply reply(Refusal refusal, Next then) {
        return reply(refusal.envelope(), refusal.failure(), then);
    }

    private Reply answer(Exchange exchange) {
        try {
            return carryOut(exchange);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            // The one place for what no rule foresees: the log gets all of it, the client nothing.
            LOG.error("{} failed", exchange.method().name(), e);
            return reply(exchange.method().envelope(), Failure.internal(), then(exchange));
        }
    }

    private Reply carryOut(Exchange exchange) {
        Refusal refusal = gates.enter(exchange);
        if (refusal != null) {
            return reply(refusal, then(exchange));
        }
        Envelope envelope = exchange.method().envelope();
        Call call = exchange.call();
        try {
            Result result = exchange.method().handler().handle(call);
            return new Reply(json.line(envelope.success(result.body())), then(exchange), result.afterwards());
        } catch (RefusedException e) {
            RefusalMapper mapper = Objects.requireNonNull(refusals.get(envelope));
            return reply(envelope, mapper.failure(e, call.subject()), then(exchange));
        }
    }

    private static Next then(Exchange exchange) {
        return exchange.keepsAlive() ? Next.KEEP_OPEN : Next.CLOSE;
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
            return reason == Rejection.NOT_ADMITTED
                    ? reply(OwnUser.REFUSAL, Next.CLOSE)
                    : reply(
                            Refusal.legacy(ErrorCode.DAEMON_UNAVAILABLE, "too many connections; try again"),
                            Next.CLOSE);
        }

        @Override
        protected Step take(Frame frame) {
            Exchange exchange = new Exchange(frame, caller);
            Refusal refusal = gates.arrive(exchange);
            if (refusal != null) {
                boolean tooLong = frame.ending() == Frame.Ending.TOO_LONG;
                return Step.answer(reply(refusal, tooLong ? Next.DRAIN : then(exchange)));
            }
            return new Step(
                    exchange.method().lane().apply(exchange.params()),
                    () -> answer(exchange),
                    () -> reply(
                            exchange.method().envelope(),
                            Failure.of(ErrorCode.DAEMON_UNAVAILABLE, "the daemon is busy; try again"),
                            then(exchange)));
        }
    }
}
