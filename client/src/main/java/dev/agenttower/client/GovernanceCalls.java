package dev.agenttower.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the governance API, optionally with one project and one passphrase. Immutable and thread-safe; derived instances share the
 * connections.
 */
final class GovernanceCalls implements AutoCloseable {
    private final HttpExchange exchange;
    private final @Nullable String project;
    private final @Nullable String passphrase;

    GovernanceCalls(Path socket) {
        this(new HttpExchange(socket), null, null);
    }

    private GovernanceCalls(HttpExchange exchange, @Nullable String project, @Nullable String passphrase) {
        this.exchange = exchange;
        this.project = project;
        this.passphrase = passphrase;
    }

    GovernanceCalls inProject(@Nullable String name) {
        return new GovernanceCalls(exchange, name, passphrase);
    }

    GovernanceCalls withPassphrase(String operatorPassphrase) {
        return new GovernanceCalls(exchange, project, operatorPassphrase);
    }

    Path socket() {
        return exchange.socket();
    }

    /** The JSON answer of a successful request. */
    JsonNode call(HttpRequest request, Duration within) {
        return resultOf(send(request, within));
    }

    /** The answer, of any status. */
    HttpAnswer send(HttpRequest request, Duration within) {
        @Nullable String shown = passphrase == null
                ? null
                : URLEncoder.encode(passphrase, StandardCharsets.UTF_8).replace("+", "%20");
        return exchange.send(request.query("project", project).header("X-Operator-Passphrase", shown), within);
    }

    static JsonNode resultOf(HttpAnswer answer) {
        if (answer.status() < 300) {
            JsonNode result = answer.json();
            if (result.isObject()) {
                return result;
            }
            throw new TransportException.UnreadableAnswer("the answer is no JSON object", null);
        }
        throw new GovernanceRefusedException(answer.status(), refusal(answer));
    }

    // A refusal may come from a layer before the API and not be JSON.
    private static JsonNode refusal(HttpAnswer answer) {
        try {
            JsonNode body = answer.json();
            return body.isObject() ? body : JsonText.object();
        } catch (TransportException.UnreadableAnswer e) {
            return JsonText.object();
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
