package dev.agenttower.http.route;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.http.transport.HttpRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request for its handler. Used by one thread at a time. */
public final class Call {
    private final HttpRequest request;
    private final Caller caller;
    private final Map<String, String> variables;
    private final Map<String, String> query;
    private final @Nullable Object body;

    Call(
            HttpRequest request,
            Caller caller,
            Map<String, String> variables,
            Map<String, String> query,
            @Nullable Object body) {
        this.request = request;
        this.caller = caller;
        this.variables = variables;
        this.query = query;
        this.body = body;
    }

    /** The caller. */
    public Caller caller() {
        return caller;
    }

    /** A header, or null. */
    public @Nullable String header(String name) {
        return request.header(name);
    }

    /** The part of the path at {@code {name}} in the route's pattern. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** A parameter of the query, or null. */
    public @Nullable String query(String name) {
        return query.get(name);
    }

    /** Whether the body has content: an empty object, an empty text, null, false and 0 count as none. */
    public boolean hasBody() {
        if (body instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (body instanceof Collection<?> list) {
            return !list.isEmpty();
        }
        if (body instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return body instanceof String text ? !text.isEmpty() : body != null && !body.equals(false);
    }

    /** Whether the body is an object. */
    public boolean isObject() {
        return body instanceof Map<?, ?>;
    }

    /**
     * The body; empty if it has no content.
     *
     * @throws RefusedException INVALID, if it is not an object
     */
    public Map<String, @Nullable Object> body() {
        if (!hasBody()) {
            return Map.of();
        }
        if (!(body instanceof Map<?, ?> map)) {
            throw RefusedException.invalid("The body must be a JSON object");
        }
        return Collections.unmodifiableMap(JsonFields.copy(map));
    }

    /**
     * A text of the body, or null if not given.
     *
     * @throws RefusedException INVALID, if it is not a text
     */
    public @Nullable String text(String key) {
        return BodyText.of(body(), key);
    }
}
