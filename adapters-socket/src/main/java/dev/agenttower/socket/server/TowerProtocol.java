package dev.agenttower.socket.server;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.server.gate.Gates;
import dev.agenttower.socket.server.gate.OwnUser;
import dev.agenttower.socket.server.gate.Refusal;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Caller;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.transport.Conversation;
import dev.agenttower.socket.server.transport.Frame;
import dev.agenttower.socket.server.transport.Protocol;
import dev.agenttower.socket.server.transport.Reply;
import dev.agenttower.socket.server.transport.Step;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import dev.agenttower.socket.server.wire.JsonText;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a line through the gates to its method and puts what comes back into its envelope. */
final class TowerProtocol implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(TowerProtocol.class);

    private final OwnUser ownUser;
    private final Gates gates;
    private final HostGate hostGate;
    private final Map<Envelope, Function<RefusedException, Failure>> refusals;
    private final JsonText json;

    TowerProtocol(
            OwnUser ownUser,
            Gates gates,
            HostGate hostGate,
            Map<Envelope, Function<RefusedException, Failure>> refusals,
            JsonText json) {
        this.ownUser = ownUser;
        this.gates = gates;
        this.hostGate = hostGate;
        this.refusals = refusals;
        this.json = json;
    }

    @Override
    public Conversation begin(Peer peer) {
        return new TowerConversation(new Caller(peer, hostGate));
    }

    @Override
    public Reply crowded() {
        return reply(
                Envelope.LEGACY,
                Failure.of(ErrorCode.DAEMON_UNAVAILABLE, "too many connections; try again"),
                Reply.Then.CLOSE);
    }

    private Reply reply(Envelope envelope, Failure failure, Reply.Then then) {
        return Reply.of(json.line(envelope.failure(failure)), then);
    }

    private Reply answer(Call call) {
        Envelope envelope = call.method().envelope();
        Reply.Then then = then(call.keepsAlive());
        try {
            gates.enter(call);
            Result result = call.method().handler().handle(call);
            return new Reply(json.line(envelope.success(result.body())), then, result.afterwards());
        } catch (Refusal refusal) {
            return reply(refusal.envelope(), refusal.failure(), then);
        } catch (RefusedException e) {
            return reply(
                    envelope, Objects.requireNonNull(refusals.get(envelope)).apply(e), then);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            // The one place for what no rule foresees: the log gets all of it, the client nothing.
            LOG.error("{} failed", call.method().name(), e);
            return reply(envelope, Failure.internal(), then);
        }
    }

    private static Reply.Then then(boolean keepsAlive) {
        return keepsAlive ? Reply.Then.KEEP_OPEN : Reply.Then.CLOSE;
    }

    private final class TowerConversation implements Conversation {
        private final Caller caller;

        TowerConversation(Caller caller) {
            this.caller = caller;
        }

        @Override
        public @Nullable Reply refusal() {
            Failure refusal = ownUser.check(caller.peer());
            return refusal == null ? null : reply(Envelope.LEGACY, refusal, Reply.Then.CLOSE);
        }

        @Override
        public Step take(Frame frame) {
            Call call;
            try {
                call = gates.arrive(frame, caller);
            } catch (Refusal refusal) {
                boolean tooLong = frame.ending() == Frame.Ending.TOO_LONG;
                Reply.Then then = tooLong ? Reply.Then.DRAIN : then(refusal.keepsAlive());
                return Step.answer(reply(refusal.envelope(), refusal.failure(), then));
            }
            return new Step(
                    call.method().pace().apply(call.params()),
                    () -> answer(call),
                    () -> reply(
                            call.method().envelope(),
                            Failure.of(ErrorCode.DAEMON_UNAVAILABLE, "the daemon is busy; try again"),
                            then(call.keepsAlive())));
        }

        @Override
        public Reply unreadable() {
            return reply(Envelope.LEGACY, Failure.of(ErrorCode.INTERNAL_ERROR, "read failed"), Reply.Then.CLOSE);
        }
    }
}
