package dev.agenttower.socket.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.Tower;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.socket.server.framing.Client;
import dev.agenttower.socket.server.status.DaemonIdentity;
import dev.agenttower.socket.server.status.DaemonStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A running server of a tower in memory, and ways to talk to it. */
final class TowerFixture implements AutoCloseable {
    static final String AT = "2026-05-08T14:23:45.123456+00:00";
    static final String VERSION = "0.1.0-test";
    static final ObjectMapper MAPPER = new ObjectMapper();

    final InMemoryTables tables = new InMemoryTables();
    final InMemoryAuditLog audit = new InMemoryAuditLog();
    final InMemoryAuditLog appAudit = new InMemoryAuditLog();
    final AtomicInteger shutdowns = new AtomicInteger();
    final Path socket;
    final Tower tower;
    final TowerServer server;
    volatile boolean onHost = true;
    volatile boolean startedByAgent;

    TowerFixture(Path dir) throws IOException {
        this(dir, dashboard -> dashboard, builder -> builder);
    }

    TowerFixture(Path dir, UnaryOperator<DashboardSource> ofDashboard, UnaryOperator<TowerServerBuilder> ofServer)
            throws IOException {
        socket = dir.resolve("t.sock");
        tower = Tower.newBuilder()
                .stores(
                        tables.containers(),
                        tables.panes(),
                        tables.agents(),
                        tables.logs(),
                        tables.directory(),
                        ofDashboard.apply(tables.dashboard()))
                .messages(tables.messages())
                .audit(audit)
                .build();
        server = ofServer.apply(new TowerServerBuilder(
                                tower, peer -> onHost, identity(dir, socket), TowerFixture::status, ownUid(dir))
                        .startedByAgent(peer -> startedByAgent)
                        .appAudit(appAudit)
                        .onShutdownRequest(shutdowns::incrementAndGet))
                .build();
        server.bind();
        server.start();
    }

    static DaemonIdentity identity(Path dir, Path socket) {
        return new DaemonIdentity(
                ProcessHandle.current().pid(), Instant.parse("2026-05-08T14:23:45.123456Z"), socket, dir, 8, VERSION);
    }

    static DaemonStatus status() {
        return new DaemonStatus(
                DaemonStatus.EventsReader.idle(),
                DaemonStatus.EventsPersistence.well(),
                new DaemonStatus.Routing("enabled", AT, null, 3, 2, 1, null, 0, Map.of(), null, false, false),
                DaemonStatus.QueueAudit.well());
    }

    static long ownUid(Path dir) throws IOException {
        return ((Number) Objects.requireNonNull(Files.getAttribute(dir, "unix:uid"))).longValue();
    }

    /** Sends a line as it is and reads the answer. */
    JsonNode ask(String line) throws IOException {
        return MAPPER.readTree(Client.ask(socket, line));
    }

    /** Calls a method. */
    JsonNode call(String method, @Nullable ObjectNode params) throws IOException {
        ObjectNode request = MAPPER.createObjectNode().put("method", method);
        if (params != null) {
            request.set("params", params);
        }
        return ask(request.toString());
    }

    /** Opens a session and calls a method in it. */
    JsonNode app(String method, ObjectNode params) throws IOException {
        return call(method, params.put("app_session_token", token()));
    }

    /** The {@code result} of a successful call in a session. */
    JsonNode result(String method, String params) throws IOException {
        JsonNode answer = app(method, params(params));
        if (!answer.path("ok").asBoolean()) {
            throw new AssertionError(method + " failed: " + answer);
        }
        return answer.path("result");
    }

    /** The {@code error} of an unsuccessful call in a session. */
    JsonNode error(String method, String params) throws IOException {
        return app(method, params(params)).path("error");
    }

    static ObjectNode params(String json) throws IOException {
        return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
    }

    private @Nullable String token;

    String token() throws IOException {
        if (token == null) {
            token = call("app.hello", null)
                    .path("result")
                    .path("app_session_token")
                    .asText();
        }
        return token;
    }

    static ContainerId container(char digit) {
        return new ContainerId(String.valueOf(digit).repeat(64));
    }

    /** Stores a bench. */
    void bench(ContainerId id, String name, boolean active) {
        tables.put(new BenchContainer(id, name, "image", "running", Map.of(), List.of(), active, AT, AT, null, null));
    }

    static PaneKey key(ContainerId container, int number) {
        return new PaneKey(container, "/tmp/tmux-1000/default", "main", 0, number, "%" + number);
    }

    /** Stores a pane. */
    void pane(PaneKey key, boolean active) {
        tables.put(new Pane(key, "py-bench", "user", 0, "/dev/pts/0", "bash", "/work", "title", true, active, AT, AT));
    }

    @Override
    public void close() {
        server.close();
        tower.close();
    }
}
