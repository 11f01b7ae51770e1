package dev.agenttower.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.LogSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogRotationTest {
    private static final String LOG = "/logs/a.log";
    private static final LogSettings BOUND = new LogSettings(1600, 2);

    private final List<LifecycleEvent> told = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final LifecycleLog lifecycle = (event, fields) -> told.add(event);

    private void runAll() {
        List.copyOf(waiting).forEach(Runnable::run);
        waiting.clear();
    }

    @Test
    void what_was_read_moves_away_but_for_its_last_part() {
        InMemoryLogArchive archive = new InMemoryLogArchive();
        LogRotation rotation = new LogRotation(archive, BOUND, waiting::add, lifecycle);
        rotation.read("agt_1", LOG, 1599);
        assertThat(waiting).isEmpty();
        rotation.read("agt_1", LOG, 1600);
        rotation.read("agt_1", LOG, 1700);
        assertThat(waiting).hasSize(1);
        runAll();
        assertThat(archive.begin(LOG)).isEqualTo(1500);
        assertThat(told).containsExactly(LifecycleEvent.LOG_ARCHIVED);
        rotation.read("agt_1", LOG, 3099);
        assertThat(waiting).isEmpty();
        rotation.read("agt_1", LOG, 3100);
        runAll();
        assertThat(archive.begin(LOG)).isEqualTo(3000);
    }

    @Test
    void another_file_of_the_name_begins_anew() {
        InMemoryLogArchive archive = new InMemoryLogArchive();
        LogRotation rotation = new LogRotation(archive, BOUND, Runnable::run, lifecycle);
        rotation.read("agt_1", LOG, 5000);
        archive.move(LOG, 0, 2);
        rotation.read("agt_1", LOG, 10);
        rotation.read("agt_1", LOG, 1600);
        assertThat(archive.begin(LOG)).isEqualTo(1500);
    }

    @Test
    void a_failure_is_told_and_tried_again_a_little_later() {
        LogArchive full = new LogArchive() {
            @Override
            public long begin(String path) {
                return 0;
            }

            @Override
            public long move(String path, long to, int keep) throws UnreadableLogException {
                throw new UnreadableLogException("OSError", "No space left on device", new IllegalStateException());
            }
        };
        LogRotation rotation = new LogRotation(full, BOUND, Runnable::run, lifecycle);
        rotation.read("agt_1", LOG, 1600);
        rotation.read("agt_1", LOG, 1650);
        assertThat(told).containsExactly(LifecycleEvent.LOG_ARCHIVE_FAILED);
        rotation.read("agt_1", LOG, 1700);
        assertThat(told).hasSize(2);
    }
}
