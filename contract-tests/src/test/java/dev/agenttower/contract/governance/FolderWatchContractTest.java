package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.governance.drift.PathChanges;
import dev.agenttower.workspace.drift.FolderWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchContractTest extends PathChangesContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private final FolderWatch watch = new FolderWatch();

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @Override
    PathChanges changes() {
        return watch;
    }

    @Override
    String folder() {
        return root.toString();
    }

    @Override
    void write(String path, String text) {
        new EditedFolder(root).write(path, text);
    }

    @Override
    void delete(String path) {
        new EditedFolder(root).delete(path);
    }

    @Override
    void move(String from, String to) {
        new EditedFolder(root).move(from, to);
    }

    @Test
    void many_changes_in_a_row_are_one_call() {
        write("config/specs.json", "1");
        AtomicInteger calls = new AtomicInteger();
        watch.follow(folder(), List.of("config/specs.json"), calls::incrementAndGet);
        for (int i = 0; i < 2000; i++) {
            write("config/specs.json", "content " + i);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls).hasPositiveValue());
        assertThat(calls).hasValueLessThan(10);
    }

    @Test
    void what_lies_behind_a_link_is_followed_as_well() throws IOException {
        write("elsewhere/settings.json", "1");
        Files.createDirectories(root.resolve("demo/.claude"));
        Files.createSymbolicLink(root.resolve("demo/.claude/settings.json"), root.resolve("elsewhere/settings.json"));
        AtomicInteger calls = new AtomicInteger();
        watch.follow(root.resolve("demo").toString(), List.of(".claude/settings.json"), calls::incrementAndGet);
        write("elsewhere/settings.json", "2");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls).hasPositiveValue());
    }

    @Test
    void its_threads_end_with_it() throws IOException {
        watch.follow(folder(), List.of("config"), () -> {});
        assertThat(threads()).contains("sovereign-watch");
        watch.close();
        watch.close();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).doesNotContain("sovereign-watch"));
        watch.follow(folder(), List.of("config"), () -> {}).close();
        assertThat(threads()).doesNotContain("sovereign-watch");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
