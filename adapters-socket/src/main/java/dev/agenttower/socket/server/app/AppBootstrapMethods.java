package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.session.AppSession;
import dev.agenttower.core.session.AppSessions;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.status.DaemonIdentity;
import dev.agenttower.socket.server.status.ShutdownRequest;
import dev.agenttower.socket.server.wire.Contract;
import dev.agenttower.unix.connection.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code app.preflight} and {@code app.hello}: the methods that need no session. */
public final class AppBootstrapMethods {
    private static final int MAX_CLIENT_ID = 128;
    private static final int MAX_CLIENT_VERSION = 64;

    private final AppSessions sessions;
    private final DaemonIdentity identity;
    private final ShutdownRequest shutdown;

    /** The methods of one daemon. */
    public AppBootstrapMethods(AppSessions sessions, DaemonIdentity identity, ShutdownRequest shutdown) {
        this.sessions = sessions;
        this.identity = identity;
        this.shutdown = shutdown;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.open("app.preflight", Lane.INSTANT, this::preflight),
                Method.open("app.hello", Lane.INSTANT, this::hello));
    }

    private Result preflight(Call call) {
        boolean stopping = shutdown.isAnnounced();
        return Result.of(JsonNodeFactory.instance
                .objectNode()
                .put("socket_reachable", true)
                .put("daemon_reachable", !stopping)
                .put("code", stopping ? ErrorCode.DAEMON_UNAVAILABLE.wire() : "ok"));
    }

    private Result hello(Call call) {
        AppParams params = new AppParams(call.params());
        String clientId = params.boundedText("client_id", MAX_CLIENT_ID);
        params.boundedText("client_version", MAX_CLIENT_VERSION);
        requireMajor(params.positive("client_app_contract_major", IntNode.valueOf(Contract.MAJOR)));
        AppSession session = sessions.open(clientId, call.caller().peer())
                .orElseThrow(() -> RefusedException.invalid("app.hello", "too_many_sessions"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("app_session_token", session.token());
        body.put("app_session_id", session.id());
        body.put("daemon_version", identity.version());
        body.put("schema_version", identity.schemaVersion());
        body.put("app_contract_version", Contract.VERSION);
        body.putObject("supported_minor_range")
                .put("min", Contract.OLDEST_MINOR)
                .put("max", Contract.VERSION);
        body.put("host_user_id", Long.toString(call.caller().peer().uid()));
        body.putObject("capability_flags");
        body.put("state", "ok");
        return Result.of(body);
    }

    private static void requireMajor(JsonNode major) {
        if (major.canConvertToInt() && major.intValue() == Contract.MAJOR) {
            return;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("daemon_app_contract_version", Contract.VERSION);
        details.put("client_app_contract_major", major.bigIntegerValue());
        throw new RefusedException(
                ErrorCode.APP_CONTRACT_MAJOR_UNSUPPORTED,
                "contract major " + major.bigIntegerValue() + " is not supported, the daemon speaks "
                        + Contract.VERSION,
                details);
    }
}
