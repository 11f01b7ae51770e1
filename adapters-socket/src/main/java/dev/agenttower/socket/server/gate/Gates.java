package dev.agenttower.socket.server.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.session.AppSessions;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.server.framing.Frame;
import dev.agenttower.socket.server.framing.LineSession;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Caller;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.wire.Contract;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import dev.agenttower.socket.server.wire.JsonSyntaxException;
import dev.agenttower.socket.server.wire.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gates, in the order in which they are checked; the first refusal is the answer. They are numbered as in {@code specs/socket.md}.
 * {@link #arrive} checks only the line, so it may run on the listening thread; {@link #enter} runs on the thread that executes the call.
 * Thread-safe.
 */
public final class Gates {
    /** The answer to a peer that {@link dev.agenttower.core.caller.OwnUser} does not admit. */
    public static final Failure OTHER_USER =
            Failure.of(ErrorCode.INTERNAL_ERROR, "request refused: peer credential check failed");

    private static final int LOOKED_AT = 2048;
    private static final int SHOWN = 128;
    private static final String TOO_LARGE = "request line exceeds " + LineSession.LINE_BYTES + " bytes";

    private final JsonText json;
    private final AppSessions sessions;
    private final Map<String, Method> methods = new HashMap<>();

    /**
     * The gates for these methods.
     *
     * @throws IllegalArgumentException if two methods have the same name
     */
    public Gates(JsonText json, Collection<Method> methods, AppSessions sessions) {
        this.json = json;
        this.sessions = sessions;
        for (Method method : methods) {
            if (this.methods.put(method.name(), method) != null) {
                throw new IllegalArgumentException("repeated: " + method.name());
            }
        }
    }

    /** Gates 1 to 12: parses a frame into a call. */
    public Call arrive(Frame frame, Caller caller) throws Refusal {
        requireLine(frame);
        JsonText.Parsed parsed = parsed(frame);
        requireNothingElse(parsed);
        return call(parsed.value(), caller);
    }

    /** Gates 13 and 14: checks a call before its execution, and sets its session. */
    public void enter(Call call) throws Refusal {
        requireHost(call);
        requireSession(call);
    }

    // 1 to 6
    private static void requireLine(Frame frame) throws Refusal {
        byte[] bytes = frame.bytes();
        if (frame.ending() == Frame.Ending.CUT && bytes.length == 0) {
            throw Refusal.legacy(ErrorCode.BAD_JSON, "empty request");
        }
        if (frame.ending() == Frame.Ending.TOO_LONG) {
            throw tooLong(bytes);
        }
        if (frame.ending() == Frame.Ending.CUT) {
            throw looksLikeApp(bytes)
                    ? Refusal.malformed("missing newline terminator")
                    : Refusal.legacy(ErrorCode.BAD_REQUEST, "request line missing newline terminator");
        }
        if (bytes.length == 1) {
            throw Refusal.malformed("empty line");
        }
        requireWithout((byte) '\r', bytes, "stray CR");
        requireWithout((byte) 0, bytes, "embedded NUL");
    }

    private static Refusal tooLong(byte[] bytes) {
        if (!looksLikeApp(bytes)) {
            return Refusal.legacy(ErrorCode.REQUEST_TOO_LARGE, TOO_LARGE);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("size_limit_bytes", LineSession.LINE_BYTES);
        details.put("actual_size_bytes", bytes.length);
        return Refusal.app(ErrorCode.PAYLOAD_TOO_LARGE, TOO_LARGE, details);
    }

    /** Whether the first 2,048 bytes indicate a line for the contract, well-formed or not. */
    private static boolean looksLikeApp(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), ISO_8859_1);
        return head.contains("\"method\":\"app.") || head.contains("\"method\": \"app.");
    }

    private static void requireWithout(byte forbidden, byte[] bytes, String reason) throws Refusal {
        for (byte each : bytes) {
            if (each == forbidden) {
                throw Refusal.malformed(reason);
            }
        }
    }

    // 7 and 8
    private JsonText.Parsed parsed(Frame frame) throws Refusal {
        byte[] bytes = frame.bytes();
        try {
            return json.parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw looksLikeApp(bytes)
                    ? Refusal.malformed("invalid utf-8")
                    : Refusal.legacy(ErrorCode.BAD_JSON, "request is not UTF-8");
        } catch (JsonSyntaxException e) {
            throw looksLikeApp(bytes)
                    ? Refusal.malformed("json decode error: " + e.reason())
                    : Refusal.legacy(ErrorCode.BAD_JSON, "json decode failed: " + e.reason());
        }
    }

    // 9
    private static void requireNothingElse(JsonText.Parsed parsed) throws Refusal {
        if (!parsed.rest().isBlank()) {
            throw parsed.value().path("method").asText("").startsWith(Contract.PREFIX)
                    ? Refusal.malformed("trailing content")
                    : Refusal.legacy(ErrorCode.BAD_REQUEST, "trailing content after the request");
        }
    }

    // 10 to 12
    private Call call(JsonNode value, Caller caller) throws Refusal {
        if (!(value instanceof ObjectNode request)) {
            throw Refusal.legacy(ErrorCode.BAD_REQUEST, "request must be a JSON object");
        }
        JsonNode name = request.path("method");
        if (!name.isTextual() || name.textValue().isEmpty()) {
            throw Refusal.legacy(ErrorCode.BAD_REQUEST, "missing or invalid 'method' field");
        }
        JsonNode given = request.get("params");
        if (given != null && !given.isObject()) {
            throw Refusal.legacy(ErrorCode.BAD_REQUEST, "'params' must be an object");
        }
        ObjectNode params = given == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) given;
        boolean keepsAlive = request.path("keep_alive").booleanValue();
        Method method = methods.get(name.textValue());
        if (method == null) {
            throw unknown(name.textValue(), caller).keepingAlive(keepsAlive);
        }
        return new Call(method, params, caller, keepsAlive);
    }

    /** A caller in a container does not learn which contract methods exist. */
    private static Refusal unknown(String name, Caller caller) {
        String shown = Text.abbreviated(name, SHOWN);
        if (!name.startsWith(Contract.PREFIX)) {
            return Refusal.legacy(ErrorCode.UNKNOWN_METHOD, "unknown method: " + shown);
        }
        return caller.isOnHost()
                ? Refusal.app(ErrorCode.UNKNOWN_METHOD, "unknown app.* method: " + shown, Map.of())
                : hostOnly();
    }

    // 13
    private static void requireHost(Call call) throws Refusal {
        if (call.method().envelope() == Envelope.APP && !call.caller().isOnHost()) {
            throw hostOnly();
        }
    }

    private static Refusal hostOnly() {
        return Refusal.app(
                ErrorCode.HOST_ONLY, "app.* methods are for callers on the host, outside of containers", Map.of());
    }

    // 14
    private void requireSession(Call call) throws Refusal {
        if (!call.method().needsSession()) {
            return;
        }
        JsonNode token = call.params().path("app_session_token");
        if (!token.isTextual() || token.textValue().isEmpty()) {
            throw Refusal.app(
                    ErrorCode.APP_SESSION_REQUIRED,
                    "params.app_session_token is required; call app.hello first",
                    Map.of());
        }
        call.enter(sessions.find(token.textValue())
                .orElseThrow(() -> Refusal.app(
                        ErrorCode.APP_SESSION_EXPIRED,
                        "the session is not known any more; call app.hello again",
                        Map.of())));
    }
}
