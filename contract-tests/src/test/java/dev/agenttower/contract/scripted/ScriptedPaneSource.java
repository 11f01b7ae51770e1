package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pane source with scripted answers. */
final class ScriptedPaneSource implements PaneSource {
    private final Script script;

    ScriptedPaneSource(Path file) {
        this.script = new Script(file);
    }

    @Override
    public BenchPanes list(BenchTarget target) {
        String id = target.container().value();
        JsonNode bench = script.read().path("containers").path(id);
        if (bench.isMissingNode()) {
            return unreachable(ErrorCode.DOCKER_EXEC_FAILED, "fake fixture has no container '" + id + "'");
        }
        if (!bench.isObject()) {
            return unreachable(ErrorCode.OUTPUT_MALFORMED, "fake fixture of container '" + id + "' is no object");
        }
        return trouble(bench).orElseGet(() -> listed(bench));
    }

    private static Optional<BenchPanes> trouble(JsonNode bench) {
        Optional<BenchPanes> noUser = failure(bench.path("id_u_failure"), ErrorCode.DOCKER_EXEC_FAILED);
        if (noUser.isPresent()) {
            return noUser;
        }
        String uid = bench.path("uid").asText("");
        if (uid.isEmpty() || bench.path("uid").isNull()) {
            return Optional.of(unreachable(ErrorCode.OUTPUT_MALFORMED, "fake fixture container has no uid"));
        }
        if (bench.path("socket_dir_missing").asBoolean(false)) {
            return Optional.of(
                    unreachable(ErrorCode.SOCKET_DIR_MISSING, "/tmp/tmux-" + uid + ": no such file or directory"));
        }
        if (bench.path("socket_unreadable").asBoolean(false)) {
            return Optional.of(unreachable(ErrorCode.SOCKET_UNREADABLE, "/tmp/tmux-" + uid + ": permission denied"));
        }
        return failure(bench.path("socket_listing_failure"), ErrorCode.DOCKER_EXEC_FAILED);
    }

    private static BenchPanes listed(JsonNode bench) {
        List<BenchPanes.SocketPanes> sockets = new ArrayList<>();
        bench.path("sockets").properties().forEach(socket -> {
            String path = "/tmp/tmux-" + bench.path("uid").asText() + "/" + socket.getKey();
            sockets.add(new BenchPanes.SocketPanes(path, outcome(socket.getValue())));
        });
        return new BenchPanes.Listed(sockets);
    }

    private static BenchPanes.SocketOutcome outcome(JsonNode socket) {
        if (socket.isObject() && socket.has("failure")) {
            JsonNode failure = socket.get("failure");
            ErrorCode code = code(failure, ErrorCode.TMUX_NO_SERVER);
            return new BenchPanes.Failed(code, message(failure, code));
        }
        if (!socket.isArray()) {
            return new BenchPanes.Failed(ErrorCode.OUTPUT_MALFORMED, "fake fixture socket is no list");
        }
        List<ObservedPane> panes = new ArrayList<>();
        socket.forEach(pane -> panes.add(pane(pane)));
        return new BenchPanes.Seen(panes, 0);
    }

    private static ObservedPane pane(JsonNode pane) {
        return new ObservedPane(
                Script.required(pane, "session_name").asText(),
                Script.required(pane, "window_index").asInt(),
                Script.required(pane, "pane_index").asInt(),
                Script.required(pane, "pane_id").asText(),
                Script.required(pane, "pane_pid").asLong(),
                pane.path("pane_tty").asText(""),
                pane.path("pane_current_command").asText(""),
                pane.path("pane_current_path").asText(""),
                pane.path("pane_title").asText(""),
                pane.path("pane_active").asBoolean(false));
    }

    private static Optional<BenchPanes> failure(JsonNode failure, ErrorCode unsaid) {
        if (isFalsy(failure)) {
            return Optional.empty();
        }
        ErrorCode code = code(failure, unsaid);
        return Optional.of(unreachable(code, message(failure, code)));
    }

    private static BenchPanes unreachable(ErrorCode code, String message) {
        if (code == ErrorCode.DOCKER_UNAVAILABLE) {
            throw new ContainerEngineException(code, message);
        }
        return new BenchPanes.Unreachable(code, message);
    }

    private static boolean isFalsy(JsonNode value) {
        boolean isEmpty =
                value.isContainerNode() ? value.isEmpty() : value.asText("").isEmpty();
        return value.isMissingNode()
                || value.isNull()
                || isEmpty
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.asDouble() == 0);
    }

    private static ErrorCode code(JsonNode failure, ErrorCode unsaid) {
        return Script.code(failure.isObject() ? failure.path("code") : failure, unsaid);
    }

    private static String message(JsonNode failure, ErrorCode code) {
        if (failure.isTextual()) {
            return "fake " + failure.textValue();
        }
        return failure.isObject() ? failure.path("message").asText("fake " + code.wire()) : "fake failure";
    }
}
