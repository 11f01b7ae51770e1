package dev.agenttower.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonCalls;
import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command's access to the daemon: the resolved socket and a client for it. */
public final class DaemonAccess implements AutoCloseable {
    /** The schema version of this build; sent with every request about agents. */
    static final int SCHEMA_VERSION = 8;

    private final SocketAddress address;
    private final DaemonClient client;

    private DaemonAccess(SocketAddress address) {
        this.address = address;
        client = new DaemonClient(address.path());
    }

    public static DaemonAccess of(CliContext context) {
        return new DaemonAccess(context.socket());
    }

    public SocketAddress address() {
        return address;
    }

    public DaemonCalls calls() {
        return client;
    }

    public ObjectNode call(String method, @Nullable ObjectNode params, Timeouts timeouts) {
        return client.call(method, params, timeouts);
    }

    public AppSession openSession(CliContext context) {
        return AppSession.open(client, "agenttower-cli", context.version());
    }

    /** A session, or empty if the daemon refuses one: control panel methods are for callers on the host. */
    public Optional<AppSession> openSessionOnHost(CliContext context) {
        try {
            return Optional.of(openSession(context));
        } catch (DaemonErrorException e) {
            if (e.code().equals(ErrorCode.HOST_ONLY.wire())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The active agents, as the daemon's rows.
     *
     * @param bench narrows to the panes of a container; null is all
     */
    public JsonNode activeAgents(@Nullable String bench) {
        ObjectNode params = agentParams().put("active_only", true);
        if (bench != null) {
            params.put("container_id", bench);
        }
        return call("list_agents", params, Timeouts.answerWithin(5)).path("agents");
    }

    public static ObjectNode agentParams() {
        return JsonText.object().put("schema_version", SCHEMA_VERSION);
    }

    @Override
    public void close() {
        client.close();
    }
}
