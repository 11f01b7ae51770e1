package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.container.ContainerChanges.Listener;
import dev.agenttower.core.container.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerContainerChangesTest {
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final Watches watches = new Watches();
    private final CountDownLatch secondEvent = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        end.countDown();
        watches.close();
    }

    @Test
    void tells_every_event_as_it_comes() throws IOException {
        try (var engine = engine();
                Subscription watch = watch(engine.socket())) {
            assertThat(watch).isNotNull();
            await().untilAsserted(() -> assertThat(news).containsExactly("connected", "changed"));

            secondEvent.countDown();

            await().untilAsserted(() -> assertThat(news).containsExactly("connected", "changed", "changed"));
        }
    }

    @Test
    void tells_once_that_the_engine_is_lost_and_again_when_it_is_back() throws IOException {
        ScriptedEngine first = engine();
        try (Subscription watch = watch(first.socket())) {
            assertThat(watch).isNotNull();
            await().untilAsserted(() -> assertThat(news).containsExactly("connected", "changed"));

            first.close();
            await().untilAsserted(() -> assertThat(news).endsWith("lost"));
            try (ScriptedEngine second = engine()) {
                assertThat(second).isNotNull();
                await().untilAsserted(() ->
                        assertThat(news).containsExactly("connected", "changed", "lost", "connected", "changed"));
            }
        }
    }

    @Test
    void tells_that_there_is_no_engine() {
        try (Subscription watch = watch(folder.resolve("none.sock"))) {
            assertThat(watch).isNotNull();
            await().untilAsserted(() -> assertThat(news).containsExactly("lost"));
        }
    }

    @Test
    void tells_nothing_after_it_was_closed_and_leaves_no_thread() throws IOException {
        try (var engine = engine()) {
            Subscription watch = watch(engine.socket());
            await().untilAsserted(() -> assertThat(news).contains("changed"));

            watch.close();
            watch.close();
            secondEvent.countDown();

            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("bench-events")));
            assertThat(news).containsExactly("connected", "changed");
        }
    }

    private Subscription watch(Path socket) {
        var changes = new DockerContainerChanges(new EngineClient(EngineAddress.of(socket)), watches);
        return changes.watch(new Listener() {
            @Override
            public void connected() {
                news.add("connected");
            }

            @Override
            public void changed() {
                news.add("changed");
            }

            @Override
            public void lost(String reason) {
                news.add("lost");
            }
        });
    }

    private ScriptedEngine engine() throws IOException {
        return new ScriptedEngine(folder.resolve("e.sock")).reply("/events", out -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            event(out);
            holdUntil(secondEvent);
            event(out);
            holdUntil(end);
        });
    }

    private static void event(OutputStream out) throws IOException {
        String event = "{\"Type\":\"container\",\"Action\":\"start\"}\n";
        out.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void holdUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
