package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.LogFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of logs whose state and content are scripted. They are created on the real file system. The script is read once. */
final class ScriptedLogFiles implements LogFiles {
    private final JsonNode files;
    private final LogFiles real;

    ScriptedLogFiles(Path script, LogFiles real) {
        this.files = new Script(script).read();
        this.real = real;
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
    public Optional<LogFile> stat(String path) {
        JsonNode file = files.path(path);
        return file.path("exists").asBoolean(false)
                ? Optional.of(new LogFile(
                        Script.required(file, "inode").asText(),
                        file.path("size").asLong(0)))
                : Optional.empty();
    }

    @Override
    public List<String> tail(String path, int lines) {
        JsonNode file = files.path(path);
        if (!file.path("exists").asBoolean(false)) {
            throw new RefusedException(ErrorCode.LOG_FILE_MISSING, "log file " + path + " is missing");
        }
        String contents = file.path("contents").asText("");
        List<String> all = contents.isEmpty() ? List.of() : List.of(contents.split("\n", -1));
        if (!all.isEmpty() && all.get(all.size() - 1).isEmpty()) {
            all = all.subList(0, all.size() - 1);
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    }
}
