package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Codex, which drops all hooks of a file that holds an invalid one, and runs a hook only if the user's {@code config.toml} trusts exactly
 * this hook at exactly this place; those of a project only if it trusts the project as well.
 */
final class CodexHooks implements HookClient {
    private static final Set<String> SHORT = Set.of("SessionEnd", "Interrupt");

    private static final List<String> EVENTS = List.of(
            "PreToolUse",
            "SessionStart",
            "SessionEnd",
            "UserPromptSubmit",
            "PostToolUse",
            "PermissionRequest",
            "Stop",
            "Interrupt",
            "SubagentStart",
            "SubagentStop");
    private static final Set<String> TYPES = Set.of("command", "mcp_tool", "prompt", "agent");

    @Override
    public String name() {
        return "codex";
    }

    @Override
    public Path file(HookScope scope) {
        return scope.folder().resolve(".codex").resolve("hooks.json");
    }

    @Override
    public List<String> events() {
        return EVENTS;
    }

    @Override
    public boolean callsAtStart() {
        return false;
    }

    @Override
    public boolean wrote(JsonNode input) {
        return input.has("turn_id") || input.path("transcript_path").asText().contains("/.codex/");
    }

    @Override
    public ObjectNode hook(String event, String command) {
        return JsonText.object().put("type", "command").put("command", command).put("timeout", seconds(event));
    }

    private int seconds(String event) {
        if (event.equals(toolEvent())) {
            return 15;
        }
        // Codex takes any longer time of these for 3 s, in the hash of its trust as well.
        return SHORT.contains(event) ? 3 : 5;
    }

    @Override
    public void check(HookTree settings) {
        for (HookPlace place : settings.others()) {
            settings.requireKnown(place, TYPES, "Codex");
            JsonNode timeout = settings.hook(place).path("timeout");
            settings.require(
                    timeout.isMissingNode()
                            || (timeout.isIntegralNumber()
                                    && timeout.bigIntegerValue().signum() >= 0),
                    place + ".timeout",
                    "is not a whole number");
        }
    }

    @Override
    public Optional<SettingsChange> approval(HookScope scope, List<HookPlace> earlier, List<HookPlace> now) {
        SettingsFile file = SettingsFile.read(configFile(scope));
        CodexConfig config = CodexConfig.parse(file.path(), file.text());
        CodexTrust trust = new CodexTrust(file(scope));
        Set<String> hashes = events().stream()
                .map(event -> hash(event, scope.command().line(name(), event)))
                .collect(Collectors.toSet());
        List<List<String>> kept = now.stream().map(trust::table).toList();
        List<List<String>> known = new ArrayList<>(trust.tables(config, earlier, hashes));
        // From the last one: what was appended goes with the empty line before it.
        Collections.reverse(known);
        known.removeAll(kept);
        for (List<String> table : known) {
            config = config.without(table);
        }
        for (HookPlace place : now) {
            String event = place.event();
            config = config.with(
                    trust.table(place),
                    trust.text(place, hash(event, scope.command().line(name(), event))));
        }
        return Optional.of(new SettingsChange(file, config.text()));
    }

    @Override
    public @Nullable String obstacle(HookScope scope, HookTree settings, HookPlace place) {
        Path file = configFile(scope);
        CodexConfig config = CodexConfig.parse(file, SettingsFile.read(file).text());
        CodexTrust trust = new CodexTrust(file(scope));
        if ("false".equals(config.value(List.of("features", "hooks")))) {
            return "features.hooks is false in " + file + ", which switches all hooks off";
        }
        if (!trust.isGiven(
                config,
                place,
                hash(place.event(), settings.hook(place).path("command").asText()))) {
            return "Codex does not trust it: " + file + " holds no hash of it, or another one; "
                    + "`agenttower hooks install` writes it";
        }
        if (trust.isSwitchedOff(config, place)) {
            return "enabled is false for it in " + file;
        }
        if (scope.isProject() && !isProjectTrusted(config, scope.folder())) {
            return "Codex does not trust the project: " + file + " has no [projects."
                    + CodexTrust.quoted(scope.folder().toString())
                    + "] with trust_level = \"trusted\"; start codex there and say that you trust it";
        }
        return null;
    }

    /** A folder is trusted by its own name, or by that of its repository. */
    private static boolean isProjectTrusted(CodexConfig config, Path project) {
        for (@Nullable Path folder = project; folder != null; folder = folder.getParent()) {
            if ("trusted".equals(config.value(List.of("projects", folder.toString(), "trust_level")))) {
                return true;
            }
            if (Files.exists(folder.resolve(".git"))) {
                return false;
            }
        }
        return false;
    }

    @Override
    public String noteOnMoves() {
        return "other hooks of the file have another place now, so Codex asks again whether it may run them";
    }

    private String hash(String event, String command) {
        return CodexTrust.hash(event, command, seconds(event));
    }

    private static Path configFile(HookScope scope) {
        return scope.home().resolve(".codex").resolve("config.toml");
    }
}
