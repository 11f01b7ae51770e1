package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.drift.PathChanges;
import dev.agenttower.core.governance.drift.PathChanges.Following;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link PathChanges} must do. */
abstract class PathChangesContract {
    private static final String SPECS = "config/specs.json";

    private final Semaphore calls = new Semaphore(0);

    abstract PathChanges changes();

    /** The folder that is followed. */
    abstract String folder();

    abstract void write(String path, String text);

    abstract void delete(String path);

    abstract void move(String from, String to);

    private Following follow(String... paths) {
        return changes().follow(folder(), List.of(paths), calls::release);
    }

    private void assertTold(Runnable change) throws InterruptedException {
        calls.drainPermits();
        change.run();
        assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tells_of_a_file_that_changes_goes_and_comes() throws InterruptedException {
        write(SPECS, "1");
        follow(SPECS);
        assertTold(() -> write(SPECS, "2"));
        assertTold(() -> delete(SPECS));
        assertTold(() -> write(SPECS, "3"));
    }

    @Test
    void tells_of_a_file_that_is_replaced() throws InterruptedException {
        write(SPECS, "1");
        write("config/new", "2");
        follow(SPECS);
        assertTold(() -> move("config/new", SPECS));
        assertTold(() -> write(SPECS, "3"));
    }

    @Test
    void tells_of_folders_that_appear_later() throws InterruptedException {
        follow(".claude/deep/settings.json");
        assertTold(() -> write(".claude/other", "x"));
        assertTold(() -> write(".claude/deep/settings.json", "1"));
        assertTold(() -> write(".claude/deep/settings.json", "2"));
        assertTold(() -> delete(".claude"));
        assertTold(() -> write(".claude/deep/settings.json", "3"));
    }

    @Test
    void tells_of_a_folder_in_whose_place_another_one_is_put() throws InterruptedException {
        write(SPECS, "1");
        write("prepared/specs.json", "2");
        follow(SPECS);
        assertTold(() -> move("config", "away"));
        assertTold(() -> move("prepared", "config"));
        assertTold(() -> write(SPECS, "3"));
    }

    @Test
    void tells_of_everything_below_a_folder() throws InterruptedException {
        write("secrets/one", "1");
        follow("secrets");
        assertTold(() -> write("secrets/two", "1"));
        assertTold(() -> write("secrets/deep/er/three", "1"));
        assertTold(() -> write("secrets/deep/er/three", "2"));
        assertTold(() -> delete("secrets/deep"));
    }

    @Test
    void each_following_is_told_of_its_own_paths_also_where_they_lie_in_one_folder() throws InterruptedException {
        write(SPECS, "1");
        AtomicInteger others = new AtomicInteger();
        changes().follow(folder(), List.of("config/other.json"), others::incrementAndGet);
        Following first = follow(SPECS);
        follow(SPECS);
        first.close();
        assertTold(() -> write(SPECS, "2"));
        assertThat(others).hasValue(0);
    }

    @Test
    void after_its_end_a_following_is_told_of_nothing() throws InterruptedException {
        write(SPECS, "1");
        AtomicInteger ended = new AtomicInteger();
        Following following = changes().follow(folder(), List.of(SPECS), ended::incrementAndGet);
        following.close();
        following.close();
        follow(SPECS);
        assertTold(() -> write(SPECS, "2"));
        assertThat(ended).hasValue(0);
    }

    @Test
    void a_listener_that_fails_is_called_again() throws InterruptedException {
        write(SPECS, "1");
        changes().follow(folder(), List.of(SPECS), () -> {
            calls.release();
            throw new IllegalStateException("on purpose");
        });
        assertTold(() -> quietly(() -> write(SPECS, "2")));
        assertTold(() -> quietly(() -> write(SPECS, "3")));
    }

    /** In memory, a listener fails in the face of who tells of the change. */
    private static void quietly(Runnable change) {
        try {
            change.run();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("on purpose");
        }
    }

    @Test
    void a_folder_that_does_not_exist_is_followed_without_complaint() {
        changes().follow(folder() + "/gone", List.of(SPECS), calls::release).close();
        assertThat(calls.availablePermits()).isZero();
    }
}
