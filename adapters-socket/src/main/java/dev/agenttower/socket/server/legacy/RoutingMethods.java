package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.RoutingControl;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.util.List;

/** The kill switch. Only a person on the host, as the daemon's own user, may change it. */
public final class RoutingMethods {
    private final RoutingControl routing;
    private final long ownUid;

    /** The methods of one switch, for callers of one user. */
    public RoutingMethods(RoutingControl routing, long ownUid) {
        this.routing = routing;
        this.ownUid = ownUid;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("routing.enable", Lane.PATIENT, call -> set(call, true)),
                Method.legacy("routing.disable", Lane.PATIENT, call -> set(call, false)),
                Method.legacy("routing.status", Lane.QUICK, this::status));
    }

    private Result set(Call call, boolean enabled) {
        boolean isInPane = CallerPane.read(new LegacyParams(call.params())) != null;
        if (isInPane || call.caller().peer().uid() != ownUid || !call.caller().isPerson()) {
            throw new RefusedException(
                    ErrorCode.ROUTING_TOGGLE_HOST_ONLY,
                    "routing is switched only by a person on the host, as the user of the daemon: not from the pane of an"
                            + " agent, nor by what an agent started, nor from a container");
        }
        RoutingControl.Toggle toggle = routing.set(enabled);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("previous_value", toggle.before().value());
        body.put("current_value", toggle.after().value());
        body.put("changed", toggle.isChange());
        return Result.of(stamps(body, toggle.after()));
    }

    private Result status(Call call) {
        RoutingSwitch now = routing.status();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("value", now.value());
        return Result.of(stamps(body, now));
    }

    private static ObjectNode stamps(ObjectNode body, RoutingSwitch routing) {
        return body.put("last_updated_at", routing.lastUpdatedAt()).put("last_updated_by", routing.lastUpdatedBy());
    }
}
