package dev.agenttower.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.failure.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the engine's JSON about containers. Unreadable JSON is a {@code DOCKER_MALFORMED} failure. */
final class ContainerJson {
    private static final Set<String> TOLD_VARIABLES = Set.of("USER", "HOME", "WORKDIR", "TMUX");

    private ContainerJson() {}

    /** The rows of a listing: one for each name of each container. */
    static List<RunningContainer> running(JsonNode listing) {
        if (!listing.isArray()) {
            throw malformed("the docker engine's list of containers is not a JSON array");
        }
        List<RunningContainer> rows = new ArrayList<>();
        for (JsonNode element : listing) {
            String id = element.path("Id").asText();
            if (id.isEmpty()) {
                throw malformed("the docker engine lists a container without an id");
            }
            for (JsonNode name : element.path("Names")) {
                String plain = withoutSlash(name.asText().strip());
                // a name with another slash is a link from another container
                if (!plain.isEmpty() && plain.indexOf('/') < 0) {
                    rows.add(new RunningContainer(
                            new ContainerId(id),
                            plain,
                            element.path("Image").asText(),
                            element.path("Status").asText()));
                }
            }
        }
        return rows;
    }

    /** The details of one container, which was listed as {@code row}. */
    static InspectedContainer inspected(JsonNode element, RunningContainer row) {
        String id = element.path("Id").asText();
        if (id.isEmpty()) {
            throw malformed("docker inspect answered without an id");
        }
        String name = withoutSlash(element.path("Name").asText());
        String status = element.path("State").path("Status").asText();
        JsonNode config = element.path("Config");
        return new InspectedContainer(
                new ContainerId(id),
                name.isEmpty() ? id : name,
                config.path("Image").asText(),
                status.isEmpty() ? row.status() : status,
                labels(config.path("Labels")),
                mounts(element.path("Mounts")),
                textOrNull(config.path("User")),
                textOrNull(config.path("WorkingDir")),
                variables(config.path("Env")),
                row.status());
    }

    private static Map<String, String> labels(JsonNode node) {
        if (isAbsent(node)) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw malformed("docker inspect answered with labels that are no object");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        node.properties().forEach(entry -> labels.put(entry.getKey(), text(entry.getValue())));
        return labels;
    }

    private static List<Mount> mounts(JsonNode node) {
        if (isAbsent(node)) {
            return List.of();
        }
        if (!node.isArray()) {
            throw malformed("docker inspect answered with mounts that are no list");
        }
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : node) {
            if (!mount.isObject()) {
                throw malformed("docker inspect answered with a mount that is no object");
            }
            String target = text(mount.path("Destination"));
            mounts.add(new Mount(
                    text(mount.path("Source")),
                    target.isEmpty() ? text(mount.path("Target")) : target,
                    text(mount.path("Type")),
                    text(mount.path("Mode")),
                    mount.path("RW").asBoolean()));
        }
        return mounts;
    }

    private static List<String> variables(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : node) {
            int equals = entry.asText().indexOf('=');
            if (equals >= 0 && TOLD_VARIABLES.contains(entry.asText().substring(0, equals))) {
                names.add(entry.asText().substring(0, equals));
            }
        }
        return names;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String text(JsonNode node) {
        return isAbsent(node) ? "" : node.isValueNode() ? node.asText() : node.toString();
    }

    private static @Nullable String textOrNull(JsonNode node) {
        String text = text(node);
        return text.isEmpty() ? null : text;
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static ContainerEngineException malformed(String message) {
        return new ContainerEngineException(ErrorCode.DOCKER_MALFORMED, message);
    }
}
