package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.MethodTable;
import dev.agenttower.socket.server.wire.Contract;
import org.jspecify.annotations.Nullable;

/** The method exists. A caller in a container does not learn which methods of the contract do. */
final class KnownMethod implements Gate {
    private static final int SHOWN = 128;

    private final MethodTable legacy;
    private final MethodTable app;

    KnownMethod(MethodTable legacy, MethodTable app) {
        this.legacy = legacy;
        this.app = app;
    }

    @Override
    public @Nullable Refusal check(Exchange exchange) {
        String name = exchange.methodName();
        boolean forApp = name.startsWith(Contract.PREFIX);
        Method method = (forApp ? app : legacy).find(name).orElse(null);
        if (method != null) {
            exchange.setMethod(method);
            return null;
        }
        String shown = Text.abbreviated(name, SHOWN);
        if (!forApp) {
            return Refusal.legacy(ErrorCode.UNKNOWN_METHOD, "unknown method: " + shown);
        }
        return exchange.caller().isOnHost()
                ? Refusal.app(ErrorCode.UNKNOWN_METHOD, "unknown app.* method: " + shown)
                : HostOnly.refusal();
    }
}
