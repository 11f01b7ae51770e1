package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.socket.server.wire.Contract;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.unix.connection.Lane;
import java.util.function.Function;

/**
 * A method.
 *
 * @param name its name on the wire
 * @param envelope the form of its answers
 * @param needsSession whether it is called with the token of a session
 * @param lane which threads serve it, by its parameters, which are not checked yet
 * @param handler carries it out
 */
public record Method(
        String name, Envelope envelope, boolean needsSession, Function<ObjectNode, Lane> lane, Handler handler) {
    /** Carries out a method. Thread-safe. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Carries out a call.
         *
         * @throws dev.agenttower.core.failure.RefusedException what the caller is told; anything else is a failure of the daemon
         */
        Result handle(Call call);
    }

    /**
     * Checks that the form of the answers is that of the name.
     *
     * @throws IllegalArgumentException if it is not
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

    /** A method of the contract that begins before there is a session. */
    public static Method open(String name, Lane lane, Handler handler) {
        return new Method(name, Envelope.APP, false, params -> lane, handler);
    }

    /** A method of the contract. */
    public static Method app(String name, Lane lane, Handler handler) {
        return new Method(name, Envelope.APP, true, params -> lane, handler);
    }

    /** This method with another lane, by its parameters. */
    public Method inLane(Function<ObjectNode, Lane> byParams) {
        return new Method(name, envelope, needsSession, byParams, handler);
    }
}
