package dev.agenttower.workspace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.event.LogNotices.Awakening;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
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
        assertThat(files.read(log.toString(), seen, 3, 4))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("3456"));
        assertThat(files.read(log.toString(), seen, 8, 100))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("89"));
        assertThat(files.read(log.toString(), seen, 50, 100))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEmpty());
    }

    @Test
    void does_not_read_another_file_than_the_one_it_saw() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "one");
        LogFile seen = files.look(log.toString()).orElseThrow();
        Files.move(log, folder.resolve("old.log"));
        assertThat(files.look(log.toString())).isEmpty();
        assertThat(files.read(log.toString(), seen, 0, 10)).isEmpty();
        Files.writeString(log, "two");
        assertThat(files.read(log.toString(), seen, 0, 10)).isEmpty();
    }

    @Test
    void refuses_a_link_and_a_folder() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "secret");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        LogFile seen = files.look(target.toString()).orElseThrow();
        assertThatThrownBy(() -> files.look(link.toString())).isInstanceOf(UnreadableLogException.class);
        assertThatThrownBy(() -> files.read(link.toString(), seen, 0, 10)).isInstanceOf(UnreadableLogException.class);
        assertThatThrownBy(() -> files.look(folder.toString())).isInstanceOf(UnreadableLogException.class);
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
}
