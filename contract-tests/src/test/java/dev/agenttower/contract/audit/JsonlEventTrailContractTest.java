package dev.agenttower.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.event.EventTrail;
import dev.agenttower.jsonl.JsonlAuditLog;
import dev.agenttower.jsonl.JsonlEventTrail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlEventTrailContractTest extends EventTrailContract {
    @TempDir
    private Path temp;

    private Path file;
    private Path aside;
    private JsonlAuditLog log;
    private EventTrail trail;

    @BeforeEach
    void open() {
        file = temp.resolve("state/events.jsonl");
        aside = temp.resolve("aside");
        log = new JsonlAuditLog(file, InstantSource.system());
        trail = new JsonlEventTrail(log);
    }

    @Override
    EventTrail trail() {
        return trail;
    }

    @Override
    List<Map<String, @Nullable Object>> content() throws IOException {
        return JsonlFile.read(file);
    }

    @Override
    void makeUnavailable(boolean isUnavailable) throws IOException {
        if (isUnavailable) {
            Files.move(file, aside);
            Files.createDirectory(file);
        } else {
            Files.delete(file);
            Files.move(aside, file);
        }
    }

    @Test
    void tells_nothing_of_other_records_and_of_a_line_that_a_crash_cut_off() throws IOException {
        log.append(AuditRecord.of("queue_message_enqueued", Map.of("event_id", 5)));
        trail.append(List.of(event(1), event(2)));
        String lines = Files.readString(file);
        Files.writeString(file, lines.substring(0, lines.length() - 4), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(trail.latest()).containsExactly(1L);
        trail.append(List.of(event(2), event(3)));
        assertThat(trail.latest()).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void tells_nothing_if_the_file_cannot_be_read() throws IOException {
        trail.append(List.of(event(1)));
        makeUnavailable(true);
        assertThat(trail.latest()).isEmpty();
    }

    @Test
    void tells_the_end_of_a_file_that_begins_in_the_middle_of_a_character() throws IOException {
        trail.append(List.of(event(1)));
        Files.write(file, ("ä".repeat(1 << 23) + "\n").getBytes(StandardCharsets.UTF_8));
        trail.append(List.of(event(9)));
        assertThat(trail.latest()).containsExactly(9L);
    }
}
