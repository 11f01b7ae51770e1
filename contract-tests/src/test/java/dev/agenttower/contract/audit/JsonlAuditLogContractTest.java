package dev.agenttower.contract.audit;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.jsonl.JsonlAuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JsonlAuditLogContractTest extends AuditLogContract {
    @TempDir
    private Path temp;

    private Path file;
    private AuditLog log;

    @BeforeEach
    void open() {
        file = temp.resolve("state/events.jsonl");
        log = new JsonlAuditLog(file, InstantSource.system());
    }

    @Override
    AuditLog log() {
        return log;
    }

    @Override
    List<Map<String, @Nullable Object>> content() throws IOException {
        return JsonlFile.read(file);
    }
}
