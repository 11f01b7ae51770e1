package dev.agenttower.sqlite.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.ledger.EventDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON in columns: compact, characters beyond ASCII unescaped. */
public final class StoredJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final TypeReference<Map<String, Object>> EXTRAS = new TypeReference<>() {};

    private StoredJson() {}

    public static String labels(Map<String, String> labels) {
        ObjectNode json = NODES.objectNode();
        labels.forEach(json::put);
        return json.toString();
    }

    /** Labels whose values may have any JSON type, as other programs store them. */
    public static Map<String, String> parseLabels(String json) {
        Map<String, String> labels = new LinkedHashMap<>();
        parse(json).properties().forEach(label -> labels.put(label.getKey(), text(label.getValue())));
        return labels;
    }

    public static String mounts(List<Mount> mounts) {
        ArrayNode json = NODES.arrayNode();
        mounts.forEach(mount -> json.addObject()
                .put("source", mount.source())
                .put("target", mount.target())
                .put("type", mount.type())
                .put("mode", mount.mode())
                .put("rw", mount.rw()));
        return json.toString();
    }

    /** Mounts in the form of {@link #mounts} or of the container engine. */
    public static List<Mount> parseMounts(String json) {
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : parse(json)) {
            mounts.add(new Mount(
                    text(first(mount, "source", "Source")),
                    text(first(mount, "target", "Destination", "Target")),
                    text(first(mount, "type", "Type")),
                    text(first(mount, "mode", "Mode")),
                    first(mount, "rw", "RW").asBoolean()));
        }
        return mounts;
    }

    public static String inspection(InspectedContainer container) {
        ObjectNode json = NODES.objectNode();
        json.put("config_user", container.configUser());
        json.put("working_dir", container.workingDir());
        ArrayNode keys = json.putArray("env_keys");
        container.envKeys().forEach(keys::add);
        json.put("full_status", container.fullStatus());
        return json.toString();
    }

    /** The failures of a scan; null if there are none. */
    public static @Nullable String problems(List<ScanProblem> problems) {
        if (problems.isEmpty()) {
            return null;
        }
        ArrayNode json = NODES.arrayNode();
        problems.forEach(problem -> addProblem(json.addObject(), problem));
        return json.toString();
    }

    private static void addProblem(ObjectNode json, ScanProblem problem) {
        json.put("container_id", problem.container().value());
        json.put("error_code", problem.code().wire());
        json.put("error_message", problem.message());
        if (problem.socketPath() != null) {
            json.put("tmux_socket_path", problem.socketPath());
        }
        if (!problem.truncations().isEmpty()) {
            ArrayNode truncations = json.putArray("pane_truncations");
            problem.truncations().forEach(truncation -> addTruncation(truncations.addObject(), truncation));
        }
    }

    private static void addTruncation(ObjectNode json, PaneTruncation truncation) {
        json.put("tmux_pane_id", truncation.paneId())
                .put("tmux_socket_path", truncation.socketPath())
                .put("container_id", truncation.container().value())
                .put("field", truncation.field())
                .put("original_len", truncation.originalLength());
    }

    public static String event(EventDraft event) {
        ObjectNode json = NODES.objectNode();
        json.put("tag", event.tag());
        json.put("agent", event.agent());
        json.put("role", event.role());
        json.put("action_type", event.actionType());
        json.put("description", event.description());
        json.put("spec_ref", event.specRef());
        json.put("authorized", event.authorized());
        json.put("tier", event.tier());
        json.set("extras", MAPPER.valueToTree(event.extras()));
        return json.toString();
    }

    public static EventDraft parseEvent(String text) {
        JsonNode json = parse(text);
        JsonNode tier = json.path("tier");
        return new EventDraft(
                json.path("tag").asText(),
                json.path("agent").asText(),
                json.path("role").asText(),
                json.path("action_type").asText(),
                json.path("description").asText(),
                json.path("spec_ref").textValue(),
                json.path("authorized").asBoolean(),
                tier.isInt() ? tier.intValue() : null,
                MAPPER.convertValue(json.path("extras"), EXTRAS),
                null,
                null);
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new StorageException("cannot read the database: a column has malformed JSON \"" + json + "\"", e);
        }
    }

    private static JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            if (object.hasNonNull(name)) {
                return object.get(name);
            }
        }
        return NODES.missingNode();
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isValueNode() || value.isMissingNode() ? value.asText() : value.toString();
    }
}
