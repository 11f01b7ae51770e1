package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.bench.tmux.TmuxRunner;
import dev.agenttower.core.log.PanePipes.Target;
import dev.agenttower.core.text.ShellWords;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** tmux in containers with scripted answers to {@code docker exec}. The script is read once. */
final class ScriptedTmux implements TmuxRunner {
    private final JsonNode calls;

    ScriptedTmux(Path file) {
        this.calls = new Script(file).read().path("calls");
    }

    @Override
    public Answer run(Target pane, List<String> arguments) {
        String command = String.join(" ", command(pane, arguments));
        for (JsonNode call : calls) {
            if (matches(call.path("argv_match"), command)) {
                touch(call.path("touch_path_with_mode"));
                return new Answer(
                        call.path("returncode").asInt(0),
                        call.path("stdout").asText(""),
                        call.path("stderr").asText(""));
            }
        }
        return new Answer(0, "", "");
    }

    /** Whether all texts of the list follow one another in the command. */
    private static boolean matches(JsonNode texts, String command) {
        if (!texts.isArray()) {
            return false;
        }
        int from = 0;
        for (JsonNode text : texts) {
            int found = command.indexOf(text.asText(), from);
            if (found < 0) {
                return false;
            }
            from = found + text.asText().length();
        }
        return true;
    }

    private static void touch(JsonNode file) {
        if (!file.isObject()) {
            return;
        }
        Path path = Path.of(file.path("path").asText());
        try {
            Files.createFile(path);
            Files.setPosixFilePermissions(path, permissions(file.path("mode").asInt()));
        } catch (FileAlreadyExistsException e) {
            // It is left as it is.
        } catch (IOException e) {
            // Errors are ignored, as the script may name a folder that does not exist.
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                granted.add(all[i]);
            }
        }
        return granted;
    }

    @Override
    public List<String> command(Target pane, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "exec",
                "-u",
                pane.bench().user(),
                pane.bench().container().value(),
                "sh",
                "-lc"));
        command.add("tmux " + arguments.stream().map(ShellWords::quoted).collect(Collectors.joining(" ")));
        return command;
    }
}
