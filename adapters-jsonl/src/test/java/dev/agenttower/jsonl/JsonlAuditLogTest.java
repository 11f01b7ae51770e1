package dev.agenttower.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.health.SubsystemState.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonlAuditLogTest {
    private static final String STAMP = "{\"ts\":\"2026-05-05T18:01:34.692118+00:00\",";
    private static final String LINE = STAMP + "\"type\":\"x\",\"payload\":{}}\n";

    @TempDir
    private Path temp;

    private Path folder;
    private Path file;
    private JsonlAuditLog log;

    @BeforeEach
    void prepare() {
        folder = temp.resolve("opensoft/agenttower");
        file = folder.resolve("events.jsonl");
        log = new JsonlAuditLog(file, new HandClock());
    }

    @Nested
    class A_line {
        @Test
        void begins_with_the_time_and_is_compact() throws IOException {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("agent_id", "agt_1");
            payload.put("prior_role", null);
            payload.put("confirm", true);
            payload.put("list", Arrays.asList(1, -2L, 1.5, null, List.of()));
            payload.put("big", new BigInteger("123456789012345678901234567890"));
            payload.put("decimal", new BigDecimal("0.10"));

            log.append(AuditRecord.of("agent_role_change", payload));

            assertThat(content())
                    .isEqualTo(STAMP + "\"type\":\"agent_role_change\",\"payload\":{\"agent_id\":\"agt_1\","
                            + "\"prior_role\":null,\"confirm\":true,\"list\":[1,-2,1.5,null,[]],"
                            + "\"big\":123456789012345678901234567890,\"decimal\":0.10}}\n");
        }

        @Test
        void keeps_characters_outside_ASCII_and_escapes_line_ends() throws IOException {
            log.append(AuditRecord.of("x", Map.of("label", "ä😀\n\u2028\"")));
            assertThat(content()).contains("\"ä😀\\n\u2028\\\"\"");
        }

        @Test
        void survives_half_a_surrogate_pair() throws IOException {
            log.append(AuditRecord.of("x", Map.of("label", "a\ud800b")));
            assertThat(content()).contains("\"a\ufffdb\"").endsWith("}}\n");
        }

        @Test
        void keeps_the_time_that_a_record_brings() throws IOException {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "x");
            fields.put("ts", "yesterday");
            log.append(new AuditRecord(fields));
            assertThat(content()).isEqualTo("{\"ts\":\"yesterday\",\"type\":\"x\"}\n");
        }

        @Test
        void follows_those_that_are_there_already() throws IOException {
            existing("{\"old\":1}\n", "rw-------");
            append();
            assertThat(content()).isEqualTo("{\"old\":1}\n" + LINE);
        }

        @Test
        void starts_anew_after_one_that_a_crash_has_torn() throws IOException {
            existing("{\"old\":1}\n{\"tor", "rw-------");
            append();
            append();
            assertThat(content()).isEqualTo("{\"old\":1}\n{\"tor\n" + LINE + LINE);
        }

        @Test
        void goes_into_a_new_file_when_the_old_one_was_moved_away() throws IOException {
            append();
            Files.move(file, folder.resolve("events.jsonl.1"));
            append();
            assertThat(content()).isEqualTo(LINE);
        }

        @Test
        void is_written_whole_in_an_interrupted_thread() throws IOException {
            Thread.currentThread().interrupt();
            try {
                existing("", "rw-------");
                append();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(content()).isEqualTo(LINE);
        }
    }

    @Nested
    class Modes {
        @Test
        void of_new_file_and_folders_are_for_the_owner_only() throws IOException {
            append();
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.getParent())).isEqualTo("rwx------");
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rwx------", "rw-----w-"})
        void of_a_file_that_are_broader_are_refused(String mode) throws IOException {
            existing("{}\n", mode);
            assertThatThrownBy(JsonlAuditLogTest.this::append)
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(mode);
            assertThat(content()).isEqualTo("{}\n");
            assertThat(mode(file)).isEqualTo(mode);
        }

        @Test
        void of_a_folder_that_are_broader_are_refused() throws IOException {
            append();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
            assertThatThrownBy(JsonlAuditLogTest.this::append).isInstanceOf(AuditUnavailableException.class);
            assertThat(content()).isEqualTo(LINE);
        }

        @Test
        void of_folders_above_are_of_no_interest() throws IOException {
            Files.createDirectories(folder.getParent());
            Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            append();
            assertThat(content()).isEqualTo(LINE);
        }
    }

    @Nested
    class Refused {
        @Test
        void is_a_link_in_place_of_the_file() throws IOException {
            existing("", "rw-------");
            Path target = Files.move(file, folder.resolve("elsewhere"));
            Files.createSymbolicLink(file, target);
            assertThatThrownBy(JsonlAuditLogTest.this::append).isInstanceOf(AuditUnavailableException.class);
            assertThat(target).isEmptyFile();
            assertThat(probe().status()).isEqualTo(Status.DEGRADED);
        }

        @Test
        void is_a_folder_in_place_of_the_file() throws IOException {
            append();
            Files.delete(file);
            Files.createDirectory(file);
            assertThatThrownBy(JsonlAuditLogTest.this::append)
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("is not a regular file");
        }

        @Test
        void is_a_path_below_a_file() throws IOException {
            Path blocked = Files.createFile(temp.resolve("file")).resolve("events.jsonl");
            assertThatThrownBy(() -> new JsonlAuditLog(blocked, new HandClock()).append(AuditRecord.of("x", Map.of())))
                    .isInstanceOf(AuditUnavailableException.class);
        }
    }

    @Nested
    class The_probe {
        @Test
        void touches_nothing() {
            assertThat(probe().status()).isEqualTo(Status.UNAVAILABLE);
            assertThat(folder).doesNotExist();
        }

        @Test
        void is_content_with_and_without_a_file() throws IOException {
            append();
            assertThat(probe().status()).isEqualTo(Status.OK);
            Files.delete(file);
            assertThat(probe().status()).isEqualTo(Status.OK);
            assertThat(file).doesNotExist();
        }

        @Test
        void tells_of_modes_that_are_too_broad_without_naming_folders() throws IOException {
            existing("", "rw-r--r--");
            assertThat(probe().status()).isEqualTo(Status.DEGRADED);
            assertThat(probe().reason())
                    .contains("events.jsonl", "rw-r--r--", "chmod")
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void records_of_many_threads_and_logs_are_whole_and_in_the_order_of_each_thread() throws Exception {
        int threads = 6;
        int records = 40;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "t" + thread + "-" + "x".repeat(2000);
                JsonlAuditLog own = new JsonlAuditLog(file, new HandClock());
                running.add(pool.submit(() -> {
                    for (int i = 0; i < records; i++) {
                        own.append(AuditRecord.of(name, Map.of("i", i)));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(threads * records).allMatch(line -> line.endsWith("}}"));
        for (int thread = 0; thread < threads; thread++) {
            String start = STAMP + "\"type\":\"t" + thread + "-";
            List<String> own =
                    lines.stream().filter(line -> line.startsWith(start)).toList();
            for (int i = 0; i < records; i++) {
                assertThat(own.get(i)).endsWith("{\"i\":" + i + "}}");
            }
        }
    }

    private void append() {
        log.append(AuditRecord.of("x", Map.of()));
    }

    private SubsystemState probe() {
        return log.probe().probe();
    }

    private String content() throws IOException {
        return Files.readString(file, UTF_8);
    }

    private void existing(String content, String mode) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(file, content, StandardOpenOption.CREATE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
