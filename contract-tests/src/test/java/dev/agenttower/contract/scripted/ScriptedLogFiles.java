package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.log.InMemoryLogFiles;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.LogFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of logs whose state and content are scripted. They are created on the real file system. The script is read once. */
final class ScriptedLogFiles implements LogFiles {
    private final JsonNode files;
    private final LogFiles real;
    private final InMemoryLogFiles contents = new InMemoryLogFiles();

    ScriptedLogFiles(Path script, LogFiles real) {
        this.files = new Script(script).read();
        this.real = real;
        files.properties().forEach(file -> {
            if (file.getValue().path("exists").asBoolean(false)) {
                contents.write(file.getKey(), file.getValue().path("contents").asText(""));
            }
        });
    }

    @Override
    public Optional<String> real(String path) {
        return real.real(path);
    }

    @Override
    public boolean isDirectory(String path) {
        return real.isDirectory(path);
    }

    @Override
    public boolean isWritable(String path) {
        return real.isWritable(path);
    }

    @Override
    public void create(String path) {
        real.create(path);
    }

    @Override
    public long room(String path) {
        return real.room(path);
    }

    @Override
    public Optional<LogFile> stat(String path) {
        return stat(files, path);
    }

    static Optional<LogFile> stat(JsonNode files, String path) {
        JsonNode file = files.path(path);
        return file.path("exists").asBoolean(false)
                ? Optional.of(new LogFile(
                        Script.required(file, "inode").asText(),
                        file.path("size").asLong(0)))
                : Optional.empty();
    }

    @Override
    public List<String> tail(String path, int lines) {
        return contents.tail(path, lines);
    }
}
