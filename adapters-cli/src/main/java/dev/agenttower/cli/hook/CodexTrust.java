package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trust of Codex in hooks of a file: a table of {@code config.toml} for each, named by the place of the hook, with a hash of its settings.
 *
 * @param hooks the file of hooks
 */
record CodexTrust(Path hooks) {
    private static final String HASH = "trusted_hash";

    /** The name of the table of a hook. */
    List<String> table(HookPlace place) {
        return List.of(
                "hooks", "state", hooks + ":" + snake(place.event()) + ":" + place.group() + ":" + place.index());
    }

    private static String snake(String event) {
        return event.replaceAll("(?<=.)(?=\\p{Lu})", "_").toLowerCase(Locale.ROOT);
    }

    /** Whether a table speaks of a hook of the file. */
    private boolean isTable(List<String> name) {
        return name.size() == 3
                && name.get(0).equals("hooks")
                && name.get(1).equals("state")
                && name.get(2).startsWith(hooks + ":");
    }

    /** The hash of a hook that is run for every tool. */
    static String hash(String event, String command, int timeout) {
        ObjectNode identity = JsonText.object().put("event_name", snake(event));
        identity.putArray("hooks")
                .addObject()
                .put("async", false)
                .put("command", command)
                .put("timeout", timeout)
                .put("type", "command");
        return "sha256:" + Sha256.hex(JsonText.shortest(identity).getBytes(StandardCharsets.UTF_8));
    }

    /** The text of the table that trusts a hook. */
    String text(HookPlace place, String hash) {
        return "[hooks.state." + quoted(table(place).get(2)) + "]\n" + HASH + " = \"" + hash + "\"\n";
    }

    /** A key in quotes. */
    static String quoted(String key) {
        StringBuilder quoted = new StringBuilder(key.length() + 2).append('"');
        key.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /** The names of the tables that trust our hooks: of those at the given places, and of those with the given hashes, whose hooks have been moved. */
    List<List<String>> tables(CodexConfig config, List<HookPlace> places, Set<String> hashes) {
        List<List<String>> known = places.stream().map(this::table).toList();
        return config.tables().stream()
                .filter(this::isTable)
                .filter(name -> known.contains(name) || isOneOf(hashes, config.value(field(name, HASH))))
                .toList();
    }

    private static boolean isOneOf(Set<String> hashes, @Nullable String hash) {
        return hash != null && hashes.contains(hash);
    }

    /** Whether a hook with this hash is trusted at a place. */
    boolean isGiven(CodexConfig config, HookPlace place, String hash) {
        return hash.equals(config.value(field(table(place), HASH)));
    }

    /** Whether the user has switched off the hook at a place. */
    boolean isSwitchedOff(CodexConfig config, HookPlace place) {
        return "false".equals(config.value(field(table(place), "enabled")));
    }

    private static List<String> field(List<String> table, String name) {
        return List.of(table.get(0), table.get(1), table.get(2), name);
    }
}
