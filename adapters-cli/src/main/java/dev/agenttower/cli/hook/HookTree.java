package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The settings of a client, in which our hooks are found, entered and removed. Everything else stays as it is, in its order. */
final class HookTree {
    private static final String HOOKS = "hooks";
    private static final String MATCHER = "matcher";

    private final SettingsFile file;
    private final ObjectNode root;
    private final JsonNode original;

    private HookTree(SettingsFile file, ObjectNode root) {
        this.file = file;
        this.root = root;
        original = root.deepCopy();
    }

    /**
     * Reads a file; one that does not exist has no settings.
     *
     * @throws UnusableSettingsException if it cannot be read, is no JSON object, or its hooks have another shape
     */
    static HookTree read(Path path) {
        SettingsFile file = SettingsFile.read(path);
        HookTree tree = new HookTree(file, file.exists() ? parsed(file) : JsonText.object());
        tree.checkShape();
        return tree;
    }

    private static ObjectNode parsed(SettingsFile file) {
        try {
            if (JsonText.parseWhole(file.text()) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            throw new UnusableSettingsException(file.path(), "not JSON: " + e.getMessage());
        }
        throw new UnusableSettingsException(file.path(), "not a JSON object");
    }

    private void checkShape() {
        JsonNode hooks = root.path(HOOKS);
        require(hooks.isMissingNode() || hooks.isObject(), HOOKS, "is not an object");
        events().forEach(event -> {
            String place = HOOKS + "." + event.getKey();
            require(event.getValue().isArray(), place, "is not an array");
            for (int i = 0; i < event.getValue().size(); i++) {
                checkGroup(event.getValue().path(i), place + "[" + i + "]");
            }
        });
    }

    private void checkGroup(JsonNode group, String place) {
        require(group.isObject(), place, "is not an object");
        JsonNode hooks = group.path(HOOKS);
        require(hooks.isArray(), place + "." + HOOKS, "is not an array");
        for (int i = 0; i < hooks.size(); i++) {
            require(hooks.path(i).isObject(), place + "." + HOOKS + "[" + i + "]", "is not an object");
        }
    }

    /**
     * Accepts what is true of a place.
     *
     * @throws UnusableSettingsException if it is not true
     */
    void require(boolean isTrue, String place, String problem) {
        if (!isTrue) {
            throw new UnusableSettingsException(file.path(), place + " " + problem);
        }
    }

    /**
     * Accepts a hook of a known type, which has a command if it is of the type {@code command}.
     *
     * @param client the name of the client, for the message
     * @throws UnusableSettingsException if it is not
     */
    void requireKnown(HookPlace place, Set<String> types, String client) {
        JsonNode hook = hook(place);
        String type = hook.path("type").asText();
        require(hook.path("type").isTextual() && types.contains(type), place + ".type", "is no type of " + client);
        require(!type.equals("command") || hook.path("command").isTextual(), place + ".command", "is not a string");
    }

    /** All settings. */
    JsonNode root() {
        return root;
    }

    Path path() {
        return file.path();
    }

    /** The events with their groups. Other fields of {@code hooks}, which are settings, begin with a small letter. */
    private List<Map.Entry<String, JsonNode>> events() {
        return root.path(HOOKS).properties().stream()
                .filter(field -> !field.getKey().isEmpty()
                        && !Character.isLowerCase(field.getKey().charAt(0)))
                .toList();
    }

    /** The names of the events that have hooks. */
    List<String> eventNames() {
        return events().stream().map(Map.Entry::getKey).toList();
    }

    /** The groups of an event. */
    JsonNode groups(String event) {
        return root.path(HOOKS).path(event);
    }

    /** The hook at a place. */
    JsonNode hook(HookPlace place) {
        return groups(place.event()).path(place.group()).path(HOOKS).path(place.index());
    }

    /** Whether the hook at a place is run for every tool. */
    boolean isForAllTools(HookPlace place) {
        return isForAllTools(groups(place.event()).path(place.group()));
    }

    private static boolean isForAllTools(JsonNode group) {
        return !group.has(MATCHER);
    }

    /** Where our hooks stand, for whatever event. */
    List<HookPlace> ours() {
        return places(HookTree::isOurs);
    }

    /** Where all other hooks stand. */
    List<HookPlace> others() {
        return places(hook -> !isOurs(hook));
    }

    private List<HookPlace> places(Predicate<JsonNode> isWanted) {
        List<HookPlace> places = new ArrayList<>();
        for (Map.Entry<String, JsonNode> event : events()) {
            for (int i = 0; i < event.getValue().size(); i++) {
                JsonNode hooks = event.getValue().path(i).path(HOOKS);
                for (int j = 0; j < hooks.size(); j++) {
                    if (isWanted.test(hooks.path(j))) {
                        places.add(new HookPlace(event.getKey(), i, j));
                    }
                }
            }
        }
        return places;
    }

    private static boolean isOurs(JsonNode hook) {
        return HookCommandLine.parse(hook.path("command").asText()).isPresent();
    }

    /** Makes a hook the only one of ours for an event: in the place of an earlier one that is run for every tool, else in a new group behind the others. */
    void enter(String event, ObjectNode hook) {
        ObjectNode hooks = root.path(HOOKS) instanceof ObjectNode existing ? existing : root.putObject(HOOKS);
        ArrayNode groups = hooks.path(event) instanceof ArrayNode existing ? existing : hooks.putArray(event);
        @Nullable ObjectNode kept = removeOurs(groups, true);
        if (kept == null) {
            groups.addObject().putArray(HOOKS).add(hook);
        } else if (!kept.equals(hook)) {
            kept.removeAll().setAll(hook);
        }
    }

    /** Removes all of our hooks, and what becomes empty by that. */
    void remove() {
        if (!(root.path(HOOKS) instanceof ObjectNode hooks) || ours().isEmpty()) {
            return;
        }
        for (String event : ours().stream().map(HookPlace::event).distinct().toList()) {
            ArrayNode groups = (ArrayNode) hooks.path(event);
            removeOurs(groups, false);
            if (groups.isEmpty()) {
                hooks.remove(event);
            }
        }
        if (hooks.isEmpty()) {
            root.remove(HOOKS);
        }
    }

    /** Removes our hooks and the groups that become empty by that; returns the one that was kept. */
    private static @Nullable ObjectNode removeOurs(ArrayNode groups, boolean isOneKept) {
        @Nullable ObjectNode kept = null;
        for (Iterator<JsonNode> eachGroup = groups.iterator(); eachGroup.hasNext(); ) {
            JsonNode group = eachGroup.next();
            ArrayNode hooks = (ArrayNode) group.path(HOOKS);
            int before = hooks.size();
            for (Iterator<JsonNode> eachHook = hooks.iterator(); eachHook.hasNext(); ) {
                JsonNode hook = eachHook.next();
                if (isOurs(hook)) {
                    if (isOneKept && kept == null && isForAllTools(group)) {
                        kept = (ObjectNode) hook;
                    } else {
                        eachHook.remove();
                    }
                }
            }
            if (hooks.isEmpty() && before > 0) {
                eachGroup.remove();
            }
        }
        return kept;
    }

    /** The change of the file that the changes of the tree make; none, whatever the layout of the file, if the settings are the same. */
    SettingsChange change() {
        return new SettingsChange(file, root.equals(original) ? file.text() : JsonText.document(root) + "\n");
    }
}
