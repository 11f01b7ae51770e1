package dev.agenttower.contract.audit;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.jsonl.JsonlAuditLog;
import dev.agenttower.jsonl.RetryingAuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RetryingAuditLogContractTest extends AuditLogContract {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path temp;

    private Path file;
    private AuditLog log;

    @BeforeEach
    void open() {
        file = temp.resolve("state/events.jsonl");
        InstantSource clock = InstantSource.system();
        log = new RetryingAuditLog(new JsonlAuditLog(file, clock), clock, timer);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
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
