package dev.agenttower.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.cli.surroundings.UnixFile;
import dev.agenttower.client.DaemonCalls;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the daemon itself, from one {@code status} call.
 *
 * @param reachable whether the socket answers
 * @param status whether the answer comes from a daemon that is compatible with this client
 * @param pid the daemon's process id; -1 if unknown
 */
record DaemonCheck(Finding reachable, Finding status, long pid) {
    private static final long NO_PID = -1;
    static final int SCHEMA_VERSION = 8;
    private static final String REACHABLE = "socket_reachable";
    private static final String STATUS = "daemon_status";
    private static final String ROUND_TRIP = "round_trip";
    private static final String SCHEMA = "schema_check";

    /** Whether the other checks can use the daemon. */
    boolean isUsable() {
        return !reachable.isFailure() && !status.isFailure();
    }

    /** Why the other checks cannot use the daemon. */
    String obstacle() {
        return "skipped because " + (reachable.isFailure() ? REACHABLE : STATUS) + " is fail";
    }

    static DaemonCheck make(SocketAddress address, DaemonCalls calls) {
        if (isForeignFile(address.path())) {
            return unreachable(
                    "socket_not_unix", address, "resolved path exists but is not a Unix socket: " + address.text());
        }
        try {
            JsonNode answer = calls.call("status", null);
            String version = answer.path("daemon_version").asText("");
            Finding reachable = Finding.pass(
                    REACHABLE,
                    ROUND_TRIP,
                    "daemon_version=" + version + " schema_version="
                            + answer.path("schema_version").asText(""));
            return new DaemonCheck(
                    reachable,
                    schema(answer.path("schema_version"), version),
                    answer.path("pid").asLong(NO_PID));
        } catch (DaemonErrorException e) {
            return new DaemonCheck(
                    Finding.pass(REACHABLE, ROUND_TRIP, "transport_ok (daemon returned an error envelope)"),
                    Finding.fail(
                            STATUS,
                            "daemon_error",
                            "daemon_error",
                            "daemon_error: " + e.code(),
                            e.getMessage().isEmpty() ? "daemon returned an error" : e.getMessage()),
                    NO_PID);
        } catch (TransportException e) {
            return unreachable(e.kind().wire(), address, advice(e.kind(), address.text()));
        }
    }

    private static boolean isForeignFile(Path path) {
        try {
            Path target = Files.isSymbolicLink(path) ? path.resolveSibling(Files.readSymbolicLink(path)) : path;
            @Nullable UnixFile file = UnixFile.of(target);
            return file != null && !file.isSocket();
        } catch (IOException e) {
            return false;
        }
    }

    private static DaemonCheck unreachable(String kind, SocketAddress address, String advice) {
        return new DaemonCheck(
                Finding.fail(REACHABLE, ROUND_TRIP, kind, kind + ": " + address.text(), advice),
                Finding.info(
                        STATUS,
                        "daemon_unavailable",
                        "daemon_unavailable",
                        "skipped because " + REACHABLE + " is fail"),
                NO_PID);
    }

    private static Finding schema(JsonNode schema, String version) {
        if (!schema.isIntegralNumber()) {
            return Finding.fail(
                    STATUS,
                    SCHEMA,
                    "daemon_error",
                    "daemon did not report a numeric schema_version",
                    "upgrade the daemon");
        }
        long number = schema.longValue();
        if (number > SCHEMA_VERSION) {
            return Finding.fail(
                    STATUS,
                    SCHEMA,
                    "schema_version_newer",
                    "schema_version=" + number + " > cli supports " + SCHEMA_VERSION,
                    "upgrade the agenttower CLI (cli supports schema " + SCHEMA_VERSION + "; daemon advertises "
                            + number + ")");
        }
        if (number < SCHEMA_VERSION) {
            return Finding.warn(
                    STATUS,
                    SCHEMA,
                    "schema_version_older",
                    "schema_version=" + number + " < cli supports " + SCHEMA_VERSION,
                    "daemon is older than the CLI; upgrade the daemon when convenient");
        }
        return Finding.pass(
                STATUS,
                SCHEMA,
                "schema_version=" + number + " (cli supports " + SCHEMA_VERSION + "); daemon_version=" + version);
    }

    private static String advice(TransportException.Kind kind, String path) {
        return switch (kind) {
            case SOCKET_MISSING ->
                "socket file does not exist at " + path + "; try `agenttower ensure-daemon` from the host";
            case CONNECTION_REFUSED ->
                "daemon refused connection at " + path
                        + "; the daemon may be shutting down or reaping; try `agenttower ensure-daemon`";
            case PERMISSION_DENIED ->
                "permission denied opening " + path + "; the in-container uid must match the host daemon uid";
            case CONNECT_TIMEOUT -> "daemon at " + path + " did not respond within the timeout";
            case PROTOCOL_ERROR -> "daemon transport error";
        };
    }
}
