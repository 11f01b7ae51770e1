package dev.agenttower.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every audit log promises. */
abstract class AuditLogContract {
    /** The log under test, empty at the start of each case. */
    abstract AuditLog log();

    /** What the log holds, oldest first, each record without its stamp. */
    abstract List<Map<String, @Nullable Object>> content() throws IOException;

    @Test
    void has_a_record_when_append_returns() throws IOException {
        log().append(AuditRecord.of("agent_role_change", Map.of("agent_id", "agt_0")));
        assertThat(content())
                .containsExactly(Map.of("type", "agent_role_change", "payload", Map.of("agent_id", "agt_0")));
    }

    @Test
    void keeps_every_kind_of_value_and_the_order_of_fields() throws IOException {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("z", "ä😀\n\t\"\\\u0001");
        payload.put("y", null);
        payload.put("x", true);
        payload.put("w", Arrays.asList(1, "two", null, Map.of("deep", false)));
        payload.put("v", Integer.MIN_VALUE);
        payload.put("a", "");

        log().append(AuditRecord.of("x", payload));

        Object kept = content().get(0).get("payload");
        assertThat(kept).isEqualTo(payload);
        assertThat(new ArrayList<>(((Map<?, ?>) kept).keySet())).isEqualTo(List.of("z", "y", "x", "w", "v", "a"));
    }

    @Test
    void keeps_equal_records_apart() throws IOException {
        AuditRecord record = AuditRecord.of("x", Map.of());
        log().append(record);
        log().append(record);
        assertThat(content()).hasSize(2);
    }

    @Test
    void keeps_the_order_of_one_thread() throws IOException {
        for (int i = 0; i < 50; i++) {
            log().append(number("main", i));
        }
        assertThat(content()).hasSize(50);
        assertOrdered(content());
    }

    @Test
    void keeps_every_record_whole_when_threads_append_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (String name : List.of("a", "b", "c", "d")) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        log().append(number(name, i));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(content()).hasSize(200);
        assertOrdered(content());
    }

    private static AuditRecord number(String thread, int i) {
        return AuditRecord.of(thread, Map.of("i", i, "filler", "x".repeat(500)));
    }

    private static void assertOrdered(List<Map<String, @Nullable Object>> records) {
        Map<Object, Integer> next = new HashMap<>();
        for (Map<String, @Nullable Object> record : records) {
            Object i = ((Map<?, ?>) record.get("payload")).get("i");
            assertThat(i).isEqualTo(next.getOrDefault(record.get("type"), 0));
            next.merge(record.get("type"), 1, Integer::sum);
        }
    }
}
