package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.session.AppSession;
import org.jspecify.annotations.Nullable;

/** One call of a method. Used by one thread. */
public final class Call {
    private final ObjectNode params;
    private final Caller caller;
    private final @Nullable AppSession session;
    private Subject subject = Subject.NONE;

    /** A call, with its session where the method has one. */
    public Call(ObjectNode params, Caller caller, @Nullable AppSession session) {
        this.params = params;
        this.caller = caller;
        this.session = session;
    }

    /** The parameters; empty when none were given. */
    public ObjectNode params() {
        return params;
    }

    /** Who calls. */
    public Caller caller() {
        return caller;
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

    /** Says what the call is about, before something of it can be refused. */
    public void about(Subject about) {
        subject = about;
    }

    /** What the call is about. */
    public Subject subject() {
        return subject;
    }
}
