package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.event.FileState;
import dev.agenttower.core.event.LogFiles;
import dev.agenttower.core.event.UnreadableLogException;
import java.nio.file.Path;
import java.util.Optional;

/** Logs whose presence, inode and size come from a JSON object by path, read once; their bytes are those of the real files. */
final class ScriptedLogFiles implements LogFiles {
    private final JsonNode files;
    private final LogFiles real;

    ScriptedLogFiles(Path script, LogFiles real) {
        this.real = real;
        this.files = new Script(script).read();
    }

    @Override
    public Optional<FileState> look(String path) {
        JsonNode file = files.path(path);
        return file.path("exists").asBoolean(false)
                ? Optional.of(new FileState(
                        file.path("inode").asText(""), file.path("size").asLong()))
                : Optional.empty();
    }

    @Override
    public Optional<byte[]> read(String path, FileState seen, long from, int most) throws UnreadableLogException {
        Optional<FileState> actual = real.look(path);
        return actual.isEmpty() ? Optional.empty() : real.read(path, actual.get(), from, most);
    }
}
