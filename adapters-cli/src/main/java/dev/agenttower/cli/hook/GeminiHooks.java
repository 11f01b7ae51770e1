package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gemini CLI, which drops an invalid hook alone and counts timeouts in milliseconds. */
final class GeminiHooks implements HookClient {
    private static final List<String> EVENTS = List.of(
            "BeforeTool", "SessionStart", "SessionEnd", "BeforeAgent", "AfterAgent", "AfterTool", "Notification");
    private static final Path SETTINGS = Path.of(".gemini", "settings.json");

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public Path file(HookScope scope) {
        return scope.folder().resolve(SETTINGS);
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
        return input.has("timestamp")
                || input.path("hook_event_name").asText().startsWith("Before")
                || input.path("hook_event_name").asText().startsWith("After");
    }

    @Override
    public ObjectNode hook(String event, String command) {
        return JsonText.object()
                .put("type", "command")
                .put("command", command)
                .put("timeout", event.equals(toolEvent()) ? 15_000 : 5_000)
                .put("name", "agenttower");
    }

    @Override
    public @Nullable String obstacle(HookScope scope, HookTree settings, HookPlace place) {
        for (Path file : List.of(scope.home().resolve(SETTINGS), file(scope))) {
            JsonNode isEnabled = OtherSettings.read(file).path("hooksConfig").path("enabled");
            if (isEnabled.isBoolean() && !isEnabled.booleanValue()) {
                return "hooksConfig.enabled is false in " + file + ", which switches all hooks off";
            }
        }
        return null;
    }
}
