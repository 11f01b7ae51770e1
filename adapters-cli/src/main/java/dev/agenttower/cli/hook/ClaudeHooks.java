package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claude Code, which silently drops all hooks of a file that holds an invalid one. */
final class ClaudeHooks implements HookClient {
    private static final String FOLDER = ".claude";
    private static final String SETTINGS = "settings.json";
    private static final List<String> EVENTS = List.of(
            "PreToolUse",
            "SessionStart",
            "SessionEnd",
            "UserPromptSubmit",
            "PostToolUse",
            "PermissionRequest",
            "Notification",
            "Stop",
            "StopFailure",
            "SubagentStart",
            "SubagentStop");
    private static final String OFF_SWITCH = "disableAllHooks";
    private static final Set<String> TYPES = Set.of("command", "http", "mcp_tool", "prompt", "agent");

    @Override
    public String name() {
        return "claude";
    }

    @Override
    public Path file(HookScope scope) {
        return scope.folder().resolve(FOLDER).resolve(SETTINGS);
    }

    @Override
    public List<String> events() {
        return EVENTS;
    }

    @Override
    public boolean callsAtStart() {
        return true;
    }

    @Override
    public boolean wrote(JsonNode input) {
        return input.has("prompt_id")
                || input.has("effort")
                || input.path("transcript_path").asText().contains("/" + FOLDER + "/");
    }

    @Override
    public ObjectNode hook(String event, String command) {
        ObjectNode hook = JsonText.object().put("type", "command").put("command", command);
        return event.equals(toolEvent()) ? hook.put("timeout", 15).put("onFailure", "block") : hook.put("timeout", 5);
    }

    @Override
    public void check(HookTree settings) {
        JsonNode isOff = settings.root().path(OFF_SWITCH);
        settings.require(isOff.isMissingNode() || isOff.isBoolean(), OFF_SWITCH, "is neither true nor false");
        settings.require(!isOff.asBoolean(), OFF_SWITCH, "is true, which switches all hooks off");
        JsonNode groups = settings.groups(toolEvent());
        for (int i = 0; i < groups.size(); i++) {
            JsonNode matcher = groups.path(i).path("matcher");
            settings.require(
                    matcher.isMissingNode() || matcher.isTextual(),
                    "hooks." + toolEvent() + "[" + i + "].matcher",
                    "is not a string");
            for (int j = 0; j < groups.path(i).path("hooks").size(); j++) {
                check(settings, new HookPlace(toolEvent(), i, j));
            }
        }
    }

    private static void check(HookTree settings, HookPlace place) {
        settings.requireKnown(place, TYPES, "Claude Code");
        JsonNode hook = settings.hook(place);
        JsonNode timeout = hook.path("timeout");
        settings.require(
                timeout.isMissingNode()
                        || (timeout.isNumber() && timeout.decimalValue().signum() > 0),
                place + ".timeout",
                "is not a positive number");
        JsonNode onFailure = hook.path("onFailure");
        settings.require(
                onFailure.isMissingNode() || onFailure.asText().equals("block"),
                place + ".onFailure",
                "is not \"block\"");
    }

    @Override
    public @Nullable String obstacle(HookScope scope, HookTree settings, HookPlace place) {
        Path folder = scope.folder().resolve(FOLDER);
        for (Path other : List.of(
                scope.home().resolve(FOLDER).resolve(SETTINGS),
                folder.resolve(SETTINGS),
                folder.resolve("settings.local.json"))) {
            if (OtherSettings.read(other).path(OFF_SWITCH).asBoolean()) {
                return OFF_SWITCH + " is true in " + other + ", which switches all hooks off";
            }
        }
        return null;
    }
}
