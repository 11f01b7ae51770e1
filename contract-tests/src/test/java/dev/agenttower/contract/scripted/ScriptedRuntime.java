package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A container engine with scripted answers. */
final class ScriptedRuntime implements ContainerRuntime {
    private final Script script;

    ScriptedRuntime(Path file) {
        this.script = new Script(file);
    }

    @Override
    public List<RunningContainer> listRunning() {
        List<RunningContainer> running = new ArrayList<>();
        for (JsonNode row : play("list_running").path("containers")) {
            running.add(new RunningContainer(
                    new ContainerId(Script.required(row, "container_id").asText()),
                    Script.required(row, "name").asText(),
                    row.path("image").asText(""),
                    row.path("status").asText("running")));
        }
        return running;
    }

    @Override
    public Inspection inspect(List<RunningContainer> containers) {
        JsonNode section = play("inspect");
        Map<String, RunningContainer> asked = new LinkedHashMap<>();
        containers.forEach(container -> asked.put(container.id().value(), container));
        Set<String> answered = new HashSet<>();
        List<InspectedContainer> found = new ArrayList<>();
        for (JsonNode row : section.path("results")) {
            String id = Script.required(row, "container_id").asText();
            @Nullable RunningContainer container = asked.get(id);
            if (container != null) {
                answered.add(id);
                found.add(inspected(row, container));
            }
        }
        List<ScanProblem> failures = new ArrayList<>();
        section.path("per_container_errors").properties().forEach(error -> {
            if (asked.containsKey(error.getKey())) {
                answered.add(error.getKey());
                failures.add(new ScanProblem(
                        new ContainerId(error.getKey()),
                        Script.code(error.getValue().path("code"), ErrorCode.DOCKER_FAILED),
                        error.getValue().path("message").asText("fake per-container error")));
            }
        });
        for (String id : asked.keySet()) {
            if (!answered.contains(id)) {
                failures.add(new ScanProblem(
                        new ContainerId(id),
                        ErrorCode.DOCKER_FAILED,
                        "fake inspect omitted requested id '" + id + "'"));
            }
        }
        return new Inspection(found, failures);
    }

    private static InspectedContainer inspected(JsonNode row, RunningContainer container) {
        Map<String, String> labels = new LinkedHashMap<>();
        row.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : row.path("mounts")) {
            mounts.add(new Mount(
                    mount.path("source").asText(""),
                    mount.path("target").asText(""),
                    mount.path("type").asText(""),
                    mount.path("mode").asText(""),
                    mount.path("rw").asBoolean(false)));
        }
        List<String> keys = new ArrayList<>();
        row.path("env_keys").forEach(key -> keys.add(key.asText()));
        return new InspectedContainer(
                container.id(),
                row.path("name").asText(container.id().value()),
                row.path("image").asText(""),
                row.path("status").asText("running"),
                labels,
                mounts,
                text(row.path("config_user")),
                text(row.path("working_dir")),
                keys,
                container.status());
    }

    private static @Nullable String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /** The script's section for a call, after its delay; throws the scripted failure, if any. */
    private JsonNode play(String call) {
        JsonNode section = script.read().path(call);
        pause(section.path("delay_ms").asLong(0));
        String action = section.path("action").asText("ok");
        ErrorCode code = switch (action) {
            case "ok" -> null;
            case "command_not_found" -> ErrorCode.DOCKER_UNAVAILABLE;
            case "permission_denied" -> ErrorCode.DOCKER_PERMISSION_DENIED;
            case "timeout" -> ErrorCode.DOCKER_TIMEOUT;
            case "malformed" -> ErrorCode.DOCKER_MALFORMED;
            default -> ErrorCode.DOCKER_FAILED;
        };
        if (code == null) {
            return section;
        }
        boolean isKnown = code != ErrorCode.DOCKER_FAILED || action.equals("non_zero_exit");
        String unsaid = isKnown ? "fake " + action : "unknown fake action: '" + action + "'";
        throw new ContainerEngineException(code, section.path("message").asText(unsaid));
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the script waits", e);
        }
    }
}
