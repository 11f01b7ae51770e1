package dev.agenttower.workspace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.event.LogNotices.Awakening;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HostLogReadsTest {
    @TempDir
    Path folder;

    private final HostLogReads files = new HostLogReads();

    @Test
    void sees_and_reads_a_file() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "0123456789");
        LogFile seen = files.look(log.toString()).orElseThrow();
        assertThat(seen.size()).isEqualTo(10);
        assertThat(seen.inode())
                .isEqualTo(Files.getAttribute(log, "unix:dev") + ":" + Files.getAttribute(log, "unix:ino"));
        assertThat(read(log, seen, 3, 4)).isEqualTo("3456");
        assertThat(read(log, seen, 8, 100)).isEqualTo("89");
        assertThat(read(log, seen, 50, 100)).isEmpty();
    }

    @Test
    void does_not_read_another_file_than_the_one_it_saw() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "one");
        LogFile seen = files.look(log.toString()).orElseThrow();
        Files.move(log, folder.resolve("old.log"));
        assertThat(files.look(log.toString())).isEmpty();
        assertThat(read(log, seen, 0, 10)).isNull();
        Files.writeString(log, "two");
        assertThat(read(log, seen, 0, 10)).isNull();
    }

    @Test
    void refuses_a_link_and_a_folder() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "secret");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        LogFile seen = files.look(target.toString()).orElseThrow();
        assertThatThrownBy(() -> files.look(link.toString())).isInstanceOf(UnreadableLogException.class);
        assertThatThrownBy(() -> read(link, seen, 0, 10)).isInstanceOf(UnreadableLogException.class);
        assertThatThrownBy(() -> files.look(folder.toString())).isInstanceOf(UnreadableLogException.class);
    }

    @Test
    void refuses_a_folder_that_was_exchanged_for_a_link() throws Exception {
        Path log =
                Files.writeString(Files.createDirectory(folder.resolve("logs")).resolve("a.log"), "log");
        Path secret = Files.writeString(
                Files.createDirectory(folder.resolve("secrets")).resolve("a.log"), "secret");
        Files.delete(log);
        Files.delete(log.getParent());
        Files.createSymbolicLink(log.getParent(), secret.getParent());
        LogFile seen = files.look(log.toString()).orElseThrow();
        assertThatThrownBy(() -> read(log, seen, 0, 10)).isInstanceOf(UnreadableLogException.class);
    }

    @Test
    void tells_of_a_followed_file_only() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "");
        try (LogFolderWatch watch = new LogFolderWatch()) {
            watch.follow(List.of(log.toString(), "/nonexistent/b.log"));
            Files.writeString(folder.resolve("other.log"), "x");
            assertThat(watch.await(Duration.ofMillis(50))).isEqualTo(Awakening.NONE);
            Files.writeString(log, "x", StandardOpenOption.APPEND);
            assertThat(watch.await(Duration.ofSeconds(20)).changed()).containsExactly(log.toString());
        }
    }

    @Test
    void a_closed_watch_waits_no_longer() throws Exception {
        LogFolderWatch watch = new LogFolderWatch();
        watch.close();
        assertThat(watch.await(Duration.ofMinutes(1))).isEqualTo(Awakening.NONE);
    }

    /** What is read into a buffer of {@code room}; null if the file is another one. */
    private @Nullable String read(Path log, LogFile seen, long from, int room) throws UnreadableLogException {
        ByteBuffer into = ByteBuffer.allocate(room);
        return files.read(log.toString(), seen, from, into)
                ? new String(into.array(), 0, into.position(), StandardCharsets.UTF_8)
                : null;
    }
}
