package dev.agenttower.workspace.change;

import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.JsonLine;
import dev.agenttower.workspace.file.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The intents in {@code _cortex/capabilities/intents.jsonl}: one object a line; the last line with an id is the valid one. Thread-safe. */
public final class WorkspaceIntents implements Intents {
    private final Path file;
    private final JacksonJson json = new JacksonJson();

    /** The intents of the project below a directory. */
    public WorkspaceIntents(Path root) {
        this.file = root.resolve("_cortex/capabilities/intents.jsonl");
    }

    @Override
    public Optional<String> status(String intentId) {
        Optional<String> status = Optional.empty();
        try (FileChannel channel = RegularFiles.open(file)) {
            LineReader lines = new LineReader(channel, 0, channel.size());
            while (lines.advance()) {
                JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
                if (line != null && intentId.equals(line.fields().get("intent_id"))) {
                    status = Optional.of(String.valueOf(line.fields().get("status")));
                }
            }
            return status;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LedgerException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }
}
