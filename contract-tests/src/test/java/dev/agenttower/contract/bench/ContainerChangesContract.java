package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every source of changes of containers must do. */
abstract class ContainerChangesContract {
    static final String CONNECTED = "connected";
    static final String CHANGED = "changed";
    static final String LOST = "lost";

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration HEALED = Duration.ofSeconds(7);

    private final List<String> news = new CopyOnWriteArrayList<>();

    /** The source under test. */
    abstract ContainerChanges changes();

    /** Makes the engine reachable, for the first time or again. */
    abstract void reachEngine();

    /** Makes the engine unreachable. */
    abstract void loseEngine();

    /** Starts a container. */
    abstract void start();

    /** Stops the container that was started last. */
    abstract void stop();

    @Test
    void tells_that_a_container_was_started_and_stopped() {
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            reachEngine();
            await().atMost(HEALED).untilAsserted(() -> assertThat(news).containsExactly(CONNECTED));

            start();
            await().atMost(SOON).untilAsserted(() -> assertThat(news).contains(CHANGED));
            news.clear();

            stop();
            await().atMost(SOON).untilAsserted(() -> assertThat(news).contains(CHANGED));
        }
    }

    @Test
    void reconnects_by_itself_and_tells_that_the_engine_was_lost_and_is_back() {
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            reachEngine();
            await().atMost(HEALED).untilAsserted(() -> assertThat(news).containsExactly(CONNECTED));

            loseEngine();
            await().untilAsserted(() -> assertThat(news).containsExactly(CONNECTED, LOST));

            reachEngine();
            await().atMost(HEALED).untilAsserted(() -> assertThat(news).containsExactly(CONNECTED, LOST, CONNECTED));
        }
    }

    @Test
    void tells_nothing_after_it_was_closed() {
        Subscription closed = watch();
        reachEngine();
        await().atMost(HEALED).untilAsserted(() -> assertThat(news).contains(CONNECTED));
        closed.close();
        closed.close();
        news.clear();

        List<String> others = new CopyOnWriteArrayList<>();
        try (Subscription open = changes().watch(new Notes(others))) {
            assertThat(open).isNotNull();
            start();
            await().until(() -> !others.isEmpty());
        }
        assertThat(news).isEmpty();
    }

    private Subscription watch() {
        return changes().watch(new Notes(news));
    }

    /** A listener that writes down what it is told, one word each. */
    private record Notes(List<String> news) implements ContainerChanges.Listener {
        @Override
        public void connected() {
            news.add(CONNECTED);
        }

        @Override
        public void changed() {
            news.add(CHANGED);
        }

        @Override
        public void lost(String reason) {
            assertThat(reason).isNotBlank();
            news.add(LOST);
        }
    }
}
