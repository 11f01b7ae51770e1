package dev.agenttower.contract.audit;

import dev.agenttower.core.event.EventTrail;
import dev.agenttower.jsonl.JsonlAuditLog;
import dev.agenttower.jsonl.JsonlEventTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JsonlEventTrailContractTest extends EventTrailContract {
    @TempDir
    private Path temp;

    private Path file;
    private EventTrail trail;

    @BeforeEach
    void open() {
        file = temp.resolve("state/events.jsonl");
        trail = new JsonlEventTrail(new JsonlAuditLog(file, InstantSource.system()));
    }

    @Override
    EventTrail trail() {
        return trail;
    }

    @Override
    List<Long> content() throws IOException {
        return JsonlFile.read(file).stream()
                .map(fields -> ((Number) fields.get("event_id")).longValue())
                .toList();
    }

    /** A trail that others may read is not written. */
    @Override
    void fail() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
