package dev.agenttower.workspace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineCountTest {
    @TempDir
    Path root;

    @Test
    void counts_what_was_added_whatever_bytes_it_has() throws IOException {
        Path file = root.resolve("events.jsonl");
        LineCount count = new LineCount(file);
        assertThat(count.now()).isZero();
        Random random = new Random(7);
        long lines = 0;
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(round % 10 == 0 ? 300_000 : 40)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(round % 3 + 2) == 0 ? (byte) '\n' : bytes[i];
                lines += bytes[i] == '\n' ? 1 : 0;
            }
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            assertThat(count.now()).isEqualTo(lines);
        }
    }

    @Test
    void begins_again_when_the_file_is_another_one_or_shorter() throws IOException {
        Path file = root.resolve("events.jsonl");
        LineCount count = new LineCount(file);
        Files.writeString(file, "a\nb\nc\n");
        assertThat(count.now()).isEqualTo(3);
        Files.writeString(file, "a\n");
        assertThat(count.now()).isEqualTo(1);
        Files.writeString(root.resolve("new"), "a\nb\nc\nd\n");
        Files.move(root.resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(count.now()).isEqualTo(4);
        Files.delete(file);
        assertThat(count.now()).isZero();
    }
}
