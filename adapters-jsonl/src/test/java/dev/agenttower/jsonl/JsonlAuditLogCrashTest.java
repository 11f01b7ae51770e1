package dev.agenttower.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.audit.AuditRecord;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, and looks what is left. */
class JsonlAuditLogCrashTest {
    @TempDir
    private Path temp;

    @Test
    void what_was_appended_is_there_after_a_kill_and_the_next_record_is_whole() throws Exception {
        Path file = temp.resolve("state/events.jsonl");
        int acknowledged = killAfter(50, file);
        new JsonlAuditLog(file, InstantSource.system()).append(AuditRecord.of("after", Map.of()));

        List<String> lines = Files.readAllLines(file, UTF_8);
        for (int i = 0; i <= acknowledged; i++) {
            assertThat(lines.get(i)).endsWith("{\"i\":" + i + "}}");
        }
        assertThat(lines.get(lines.size() - 1)).startsWith("{\"ts\"").endsWith("\"type\":\"after\",\"payload\":{}}");
    }

    @Test
    void a_write_that_ends_early_leaves_no_part_of_a_line() throws Exception {
        Path file = temp.resolve("state/events.jsonl");
        // 200 KiB for each file take the place of a full disk; the JVM unpacks a smaller library first.
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 400; exec \"$0\" -cp \"$1\" \"$2\" \"$3\" \"$4\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        file.toString(),
                        "x".repeat(5000))
                .redirectErrorStream(true)
                .start();
        String told = new String(writer.getInputStream().readAllBytes(), UTF_8);
        assertThat(writer.waitFor()).as(told).isNotZero();
        assertThat(told).contains("AuditUnavailableException");

        assertThat(Files.size(file)).isBetween(190_000L, 204_800L);
        assertThat(Files.readString(file)).endsWith("}}\n");
        assertThat(Files.readAllLines(file)).allMatch(line -> line.startsWith("{\"ts\"") && line.endsWith("}}"));
    }

    /** Lets another process append until it has told of {@code records}, kills it, and gives the last one that it told of. */
    private static int killAfter(int records, Path file) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int last = -1;
        try (BufferedReader told = writer.inputReader()) {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                last = Integer.parseInt(line);
                if (last == records) {
                    // By its handle: the process itself would close the pipe, and what it still told would be lost.
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(last).isGreaterThanOrEqualTo(records);
        return last;
    }

    /** Appends numbered records for ever and tells of each once it is on disk. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            JsonlAuditLog log = new JsonlAuditLog(Path.of(arguments[0]), InstantSource.system());
            for (int i = 0; ; i++) {
                log.append(AuditRecord.of(arguments.length > 1 ? arguments[1] : "before", Map.of("i", i)));
                System.out.println(i);
            }
        }
    }
}
