package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.socket.server.wire.Contract;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.unix.connection.Lane;
import java.util.function.Function;

/**
 * A method.
 *
 * @param name its name in requests
 * @param envelope the form of its answers
 * @param needsSession whether it requires the token of a session
 * @param lane the threads that serve it, chosen by its parameters, which are not checked yet
 * @param handler executes it
 */
public record Method(
        String name, Envelope envelope, boolean needsSession, Function<ObjectNode, Lane> lane, Handler handler) {
    /** Executes a method. Thread-safe. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Executes a call.
         *
         * @throws dev.agenttower.core.failure.RefusedException to be reported to the caller; any other exception is an internal error
         */
        Result handle(Call call);
    }

    /**
     * Checks that the envelope matches the name.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Method {
        if ((envelope == Envelope.APP) != name.startsWith(Contract.PREFIX)) {
            throw new IllegalArgumentException("misplaced: " + name);
        }
    }

    /** An older method. */
    public static Method legacy(String name, Lane lane, Handler handler) {
        return new Method(name, Envelope.LEGACY, false, params -> lane, handler);
    }

    /** A method of the contract that needs no session. */
    public static Method open(String name, Lane lane, Handler handler) {
        return new Method(name, Envelope.APP, false, params -> lane, handler);
    }

    /** A method of the contract. */
    public static Method app(String name, Lane lane, Handler handler) {
        return new Method(name, Envelope.APP, true, params -> lane, handler);
    }

    /** This method with a lane chosen by the parameters. */
    public Method inLane(Function<ObjectNode, Lane> byParams) {
        return new Method(name, envelope, needsSession, byParams, handler);
    }
}
