package dev.agenttower.socket.server.gate;

import dev.agenttower.core.session.AppSessions;
import dev.agenttower.socket.server.method.MethodTable;
import dev.agenttower.socket.server.wire.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gates, in the order in which they answer. The first that refuses decides. The gates of {@link #arrive} find out which method is
 * called, look at nothing but the line, and so may run where a request arrives; those of {@link #enter} run where it is carried out.
 */
public final class Gates {
    private final List<Gate> arrival;
    private final List<Gate> entrance;

    /** The gates to these methods. */
    public Gates(JsonText json, MethodTable legacy, MethodTable app, AppSessions sessions) {
        arrival = List.of(
                new SomeBytes(),
                new WithinSize(),
                new WholeLine(),
                new NotEmpty(),
                new WithoutByte('\r', "stray CR"),
                new WithoutByte('\0', "embedded NUL"),
                new Utf8(),
                new JsonValue(json),
                new NothingElse(),
                new RequestShape(),
                new KnownMethod(legacy, app));
        entrance = List.of(new HostOnly(), new KnownSession(sessions));
    }

    /** Checks a request that has arrived; null if its method is known. */
    public @Nullable Refusal arrive(Exchange exchange) {
        return first(arrival, exchange);
    }

    /** Checks a request before it is carried out; null if it may be. */
    public @Nullable Refusal enter(Exchange exchange) {
        return first(entrance, exchange);
    }

    private static @Nullable Refusal first(List<Gate> gates, Exchange exchange) {
        for (Gate gate : gates) {
            Refusal refusal = gate.check(exchange);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
