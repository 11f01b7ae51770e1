package dev.agenttower.socket.server.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.session.AppSession;
import dev.agenttower.socket.server.framing.Frame;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Caller;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.wire.JsonText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request on its way through the gates, each of which adds what it found out. Used by one thread at a time. */
public final class Exchange {
    private static final int LOOKED_AT = 2048;

    private final Frame frame;
    private final Caller caller;
    private @Nullable String text;
    private JsonText.@Nullable Parsed parsed;
    private @Nullable String methodName;
    private ObjectNode params = JsonNodeFactory.instance.objectNode();
    private boolean keepAlive;
    private @Nullable Method method;
    private @Nullable AppSession session;

    /** A request of which only the frame is known. */
    public Exchange(Frame frame, Caller caller) {
        this.frame = frame;
        this.caller = caller;
    }

    Frame frame() {
        return frame;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** Whether the first 2,048 bytes say that the line is for the contract, well-formed or not. */
    boolean looksLikeApp() {
        byte[] bytes = frame.bytes();
        String head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), ISO_8859_1);
        return head.contains("\"method\":\"app.") || head.contains("\"method\": \"app.");
    }

    String text() {
        return Objects.requireNonNull(text, "text");
    }

    void setText(String line) {
        text = line;
    }

    JsonText.Parsed parsed() {
        return Objects.requireNonNull(parsed, "parsed");
    }

    void setParsed(JsonText.Parsed value) {
        parsed = value;
    }

    String methodName() {
        return Objects.requireNonNull(methodName, "methodName");
    }

    void setRequest(String name, @Nullable ObjectNode given, @Nullable JsonNode keep) {
        methodName = name;
        if (given != null) {
            params = given;
        }
        keepAlive = keep != null && keep.isBoolean() && keep.booleanValue();
    }

    /** The parameters; empty when none were given. */
    public ObjectNode params() {
        return params;
    }

    /** Whether the client asked to keep the connection for its next line. */
    public boolean keepsAlive() {
        return keepAlive;
    }

    /** The method that is called. */
    public Method method() {
        return Objects.requireNonNull(method, "method");
    }

    void setMethod(Method called) {
        method = called;
    }

    void setSession(AppSession known) {
        session = known;
    }

    /** The call, once all gates are passed. */
    public Call call() {
        return new Call(params, caller, session);
    }
}
