package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.session.AppSession;
import org.jspecify.annotations.Nullable;

/** One call of a method. Used by one thread at a time. */
public final class Call {
    private final Method method;
    private final ObjectNode params;
    private final Caller caller;
    private final boolean keepsAlive;
    private @Nullable AppSession session;

    /** A call without a session so far. */
    public Call(Method method, ObjectNode params, Caller caller, boolean keepsAlive) {
        this.method = method;
        this.params = params;
        this.caller = caller;
        this.keepsAlive = keepsAlive;
    }

    /** The method that is called. */
    public Method method() {
        return method;
    }

    /** The parameters; empty when none were given. */
    public ObjectNode params() {
        return params;
    }

    /** The caller. */
    public Caller caller() {
        return caller;
    }

    /** Whether the client asked to keep the connection open. */
    public boolean keepsAlive() {
        return keepsAlive;
    }

    /**
     * The session.
     *
     * @throws IllegalStateException if the method has none
     */
    public AppSession session() {
        if (session == null) {
            throw new IllegalStateException("the method has no session");
        }
        return session;
    }

    /** Sets the session of the call. */
    public void enter(AppSession known) {
        session = known;
    }
}
