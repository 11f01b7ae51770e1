package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every source of changes of panes must do. */
abstract class PaneChangesContract {
    // three seconds, and what a busy machine may add to them
    private static final Duration SOON = Duration.ofSeconds(4);
    // five seconds less what a scan takes, and what a busy machine may add to them
    private static final Duration SOON_ENOUGH = Duration.ofSeconds(6);

    private final AtomicInteger told = new AtomicInteger();

    /** The source under test. */
    abstract PaneChanges changes();

    /** The bench that is watched; it has no tmux server at first. */
    abstract BenchTarget target();

    /** Starts a tmux server with one pane. */
    abstract void startServer(String name);

    /** Opens a pane in a server. */
    abstract void openPane(String server);

    /** Closes the pane that was opened last in a server. */
    abstract void closePane(String server);

    /** Renames the session of a server. */
    abstract void renameSession(String server);

    /** Gives the first pane of a server another title. */
    abstract void setTitle(String server);

    /** Ends a server. */
    abstract void endServer(String name);

    /** Waits until the watch surely sees. */
    abstract void settle();

    @Test
    void notices_panes_that_open_and_close() {
        startServer("default");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            settle();
            noticed(() -> openPane("default"));
            noticed(() -> closePane("default"));
        }
    }

    @Test
    void notices_panes_that_get_another_address_as_often_as_they_do() {
        startServer("default");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            settle();
            noticed(SOON_ENOUGH, () -> renameSession("default"));
            noticed(SOON_ENOUGH, () -> renameSession("default"));
        }
    }

    @Test
    void notices_panes_that_show_something_else() {
        startServer("default");
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            settle();
            noticed(SOON_ENOUGH, () -> setTitle("default"));
        }
    }

    @Test
    void survives_the_start_and_the_end_of_servers() {
        try (Subscription watch = watch()) {
            assertThat(watch).isNotNull();
            settle();
            noticed(() -> startServer("default"));
            noticed(() -> startServer("other"));
            noticed(() -> openPane("other"));
            noticed(() -> endServer("default"));
            noticed(() -> startServer("default"));
            noticed(() -> openPane("default"));
        }
    }

    @Test
    void tells_nothing_after_it_was_closed() {
        startServer("default");
        Subscription closed = watch();
        settle();
        closed.close();
        closed.close();
        told.set(0);

        AtomicInteger other = new AtomicInteger();
        try (Subscription open = changes().watch(target(), other::incrementAndGet)) {
            assertThat(open).isNotNull();
            settle();
            other.set(0);
            openPane("default");
            await().until(() -> other.get() > 0);
        }
        assertThat(told).hasValue(0);
    }

    int told() {
        return told.get();
    }

    Subscription watch() {
        return changes().watch(target(), told::incrementAndGet);
    }

    void noticed(Runnable change) {
        noticed(SOON, change);
    }

    private void noticed(Duration soon, Runnable change) {
        int before = told.get();
        change.run();
        await().atMost(soon).until(() -> told.get() > before);
    }
}
