package dev.agenttower.cli.pane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.surroundings.ContainerIdentity;
import dev.agenttower.cli.surroundings.ContainerSigns;
import dev.agenttower.cli.surroundings.DaemonPlace;
import dev.agenttower.cli.surroundings.MachineId;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the daemon's entry for the pane that this command runs in; if there is none, requests a scan. */
public final class OwnPane {
    private static final Timeouts ASK = Timeouts.answerWithin(5);
    private static final Timeouts SCAN = Timeouts.answerWithin(30);
    private static final int SHORT_ID = 12;
    private static final List<String> KEY = List.of(
            "container_id",
            "tmux_socket_path",
            "tmux_session_name",
            "tmux_window_index",
            "tmux_pane_index",
            "tmux_pane_id");

    private final DaemonAccess daemon;
    private final CliContext context;

    /** Looks through this access. */
    public OwnPane(DaemonAccess daemon, CliContext context) {
        this.daemon = daemon;
        this.context = context;
    }

    /** The six fields that identify the pane. */
    public ObjectNode key() {
        String bench = bench();
        TmuxIdentity.InPane pane = pane();
        @Nullable JsonNode row = row(bench, pane);
        if (row == null) {
            scan(bench);
            row = row(bench, pane);
        }
        if (row == null) {
            throw new RefusedException(
                    ErrorCode.PANE_UNKNOWN_TO_DAEMON,
                    "the daemon has looked for pane " + pane.paneId() + " of " + pane.socketPath()
                            + " and does not find it: in a container it asks the tmux servers in the tmux-<uid> folder of the bench's user,"
                            + " in /tmp");
        }
        ObjectNode key = JsonText.object();
        for (String field : KEY) {
            key.set(field, row.path(field));
        }
        return key;
    }

    /** Registers the pane as an agent, and returns what the daemon then knows of it. */
    public ObjectNode register(AgentDraft agent) {
        return daemon.call("register_agent", agent.params(key()), SCAN);
    }

    /** Whether this command runs where the daemon runs: on the host, or in the container of both. */
    public boolean isOnDaemonsHost() {
        return !context.signs().isContainer() || isBesideDaemon();
    }

    /** The id of the bench that this command runs in, if that is known without a scan: of the host, or of an active container. */
    public Optional<String> knownBench() {
        if (isOnDaemonsHost()) {
            return Optional.ofNullable(host());
        }
        if (ContainerIdentity.find(context.environment(), context.signs(), context.root())
                instanceof ContainerIdentity.Candidate candidate) {
            Set<String> matches = matches(candidate);
            return matches.size() == 1 ? Optional.of(matches.iterator().next()) : Optional.empty();
        }
        return Optional.empty();
    }

    private String bench() {
        ContainerSigns signs = context.signs();
        if (!signs.isContainer()) {
            return hostBench();
        }
        ContainerIdentity identity = ContainerIdentity.find(context.environment(), signs, context.root());
        if (!(identity instanceof ContainerIdentity.Candidate candidate)) {
            throw new RefusedException(
                    ErrorCode.CONTAINER_UNRESOLVED,
                    identity instanceof ContainerIdentity.Ambiguous several
                            ? "the control groups name several containers: " + String.join(", ", several.ids())
                                    + "; set AGENTTOWER_CONTAINER_ID"
                            : "nothing tells which container this is; set AGENTTOWER_CONTAINER_ID");
        }
        Set<String> matches = matches(candidate);
        if (matches.isEmpty() && isBesideDaemon()) {
            return hostBench();
        }
        if (matches.isEmpty()) {
            scanContainers();
            matches = matches(candidate);
        }
        if (matches.size() != 1) {
            throw new RefusedException(
                    ErrorCode.CONTAINER_UNRESOLVED,
                    matches.isEmpty()
                            ? "the daemon has looked for bench \"" + candidate.value()
                                    + "\" and does not find it; does name_contains in its config.toml fit the container?"
                            : "\"" + candidate.value() + "\" fits several benches: " + String.join(", ", matches));
        }
        return matches.iterator().next();
    }

    private Set<String> matches(ContainerIdentity.Candidate candidate) {
        Set<String> matches = new LinkedHashSet<>();
        for (JsonNode row : activeContainers()) {
            String id = row.path("id").asText("");
            if (isNamed(candidate.value(), id, row.path("name").asText(""))) {
                matches.add(id);
            }
        }
        return matches;
    }

    private void scanContainers() {
        try {
            daemon.call("scan_containers", null, SCAN);
        } catch (DaemonErrorException failed) {
            // The caller reports the missing container; `agenttower scan` reports scan failures.
        }
    }

    private boolean isBesideDaemon() {
        return context.variable(ContainerIdentity.OVERRIDE) == null
                && DaemonPlace.isShared(
                        context.root(),
                        daemon.call("status", null, ASK).path("pid").asLong(-1));
    }

    private static boolean isNamed(String candidate, String id, String name) {
        return id.equals(candidate)
                || (candidate.length() >= SHORT_ID && id.startsWith(candidate))
                || name.equals(candidate);
    }

    /** On the host, the socket of this pane's tmux server may be in any folder. */
    private void scan(String bench) {
        ObjectNode scope = JsonText.object().put("container", bench);
        if (bench.equals(host()) && TmuxIdentity.of(context.environment()) instanceof TmuxIdentity.InPane pane) {
            scope.put("tmux_socket_path", pane.socketPath());
        }
        daemon.call("scan_panes", scope, SCAN);
    }

    // The host is a bench container only if the daemon lists it, under an id derived from the machine's.
    private String hostBench() {
        @Nullable String host = host();
        if (host != null && !isActive(host)) {
            // The pane's tmux server may be the first on the host, and not yet scanned.
            scan(host);
        }
        if (host == null || !isActive(host)) {
            throw new RefusedException(
                    ErrorCode.HOST_CONTEXT_UNSUPPORTED,
                    "this shell runs on the host, and the host is no bench of the daemon: [host] enabled in config.toml is false, or no"
                            + " tmux server of the daemon's user answers at the socket that $TMUX names");
        }
        return host;
    }

    private static @Nullable String host() {
        return MachineId.hostBench(Path.of("/")).map(id -> id.value()).orElse(null);
    }

    private boolean isActive(String bench) {
        for (JsonNode row : activeContainers()) {
            if (row.path("id").asText("").equals(bench)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode activeContainers() {
        return daemon.call("list_containers", JsonText.object().put("active_only", true), ASK)
                .path("containers");
    }

    private TmuxIdentity.InPane pane() {
        TmuxIdentity tmux = TmuxIdentity.of(context.environment());
        if (tmux instanceof TmuxIdentity.InPane pane) {
            return pane;
        }
        if (tmux instanceof TmuxIdentity.Malformed malformed) {
            throw new RefusedException(ErrorCode.TMUX_PANE_MALFORMED, malformed.reason());
        }
        throw new RefusedException(
                ErrorCode.NOT_IN_TMUX, "$TMUX is not set: run this inside the tmux pane that should be registered");
    }

    private @Nullable JsonNode row(String bench, TmuxIdentity.InPane pane) {
        ObjectNode params = JsonText.object().put("active_only", false).put("container", bench);
        for (JsonNode row : daemon.call("list_panes", params, ASK).path("panes")) {
            if (row.path("container_id").asText("").equals(bench)
                    && row.path("tmux_socket_path").asText("").equals(pane.socketPath())
                    && row.path("tmux_pane_id").asText("").equals(pane.paneId())
                    && row.path("active").asBoolean()) {
                return row;
            }
        }
        return null;
    }
}
