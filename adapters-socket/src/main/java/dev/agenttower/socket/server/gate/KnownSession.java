package dev.agenttower.socket.server.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.session.AppSession;
import dev.agenttower.core.session.AppSessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method that needs a session is called with the token of one. */
final class KnownSession implements Gate {
    private final AppSessions sessions;

    KnownSession(AppSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public @Nullable Refusal check(Exchange exchange) {
        if (!exchange.method().needsSession()) {
            return null;
        }
        JsonNode token = exchange.params().path("app_session_token");
        if (!token.isTextual() || token.textValue().isEmpty()) {
            return Refusal.app(
                    ErrorCode.APP_SESSION_REQUIRED, "params.app_session_token is required; call app.hello first");
        }
        Optional<AppSession> session = sessions.find(token.textValue());
        if (session.isEmpty()) {
            return Refusal.app(
                    ErrorCode.APP_SESSION_EXPIRED, "the session is not known any more; call app.hello again");
        }
        exchange.setSession(session.get());
        return null;
    }
}
