package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.event.LogReads;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Logs whose presence, inode and size are scripted for the reader of events; their bytes are those of the real files. */
record ScriptedLogReads(JsonNode files, LogReads real) implements LogReads {
    ScriptedLogReads(Path script, LogReads real) {
        this(new Script(script).read(), real);
    }

    @Override
    public Optional<LogFile> look(String path) {
        return ScriptedLogFiles.stat(files, path);
    }

    @Override
    public boolean read(String path, LogFile seen, long from, ByteBuffer into) throws UnreadableLogException {
        Optional<LogFile> actual = real.look(path);
        return actual.isPresent() && real.read(path, actual.get(), from, into);
    }
}
