package dev.agenttower.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescedWorkTest {
    private static final Duration DELAY = Duration.ofMillis(200);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> runs = new ArrayList<>();
    private boolean done = true;
    private Runnable during = () -> {};
    private final CoalescedWork work = new CoalescedWork(scheduler, () -> {
        runs.add("run");
        during.run();
        return done;
    });

    @Test
    void a_burst_of_wishes_is_one_run() {
        work.request(DELAY);
        work.request(DELAY);
        scheduler.advance(Duration.ofMillis(199));
        assertThat(runs).isEmpty();

        work.request(DELAY);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(runs).hasSize(1);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void wishes_during_a_run_are_one_more_run() {
        during = () -> {
            if (runs.size() == 1) {
                work.request(DELAY);
                work.request(DELAY);
            }
        };
        work.request(DELAY);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(runs).hasSize(2);
    }

    @Test
    void a_failed_run_is_repeated_later_and_later() {
        done = false;
        work.request(DELAY);
        scheduler.advance(DELAY);
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(runs).hasSize(2);
        scheduler.advance(Duration.ofSeconds(9));
        assertThat(runs).hasSize(2);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(runs).hasSize(3);

        scheduler.advance(Duration.ofHours(1));
        int before = runs.size();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(runs).hasSize(before + 1);
    }

    @Test
    void a_wish_does_not_wait_for_a_repetition_and_success_ends_repetitions() {
        done = false;
        work.request(DELAY);
        scheduler.advance(DELAY);
        done = true;
        work.request(DELAY);
        scheduler.advance(DELAY);
        assertThat(runs).hasSize(2);
        scheduler.advance(Duration.ofHours(1));
        assertThat(runs).hasSize(2);
    }

    @Test
    void a_fault_is_shown_and_does_not_end_the_work() {
        List<Throwable> shown = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((t, fault) -> shown.add(fault));
        try {
            during = () -> {
                if (runs.size() == 1) {
                    throw new IllegalStateException("bug");
                }
            };
            work.request(DELAY);
            scheduler.advance(Duration.ofSeconds(6));
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        assertThat(shown).singleElement().satisfies(fault -> assertThat(fault).hasMessage("bug"));
        assertThat(runs).hasSize(2);
    }

    @Test
    void nothing_runs_after_closing() {
        work.request(DELAY);
        work.close();
        work.request(DELAY);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(runs).isEmpty();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void closing_during_a_run_ends_it_there() {
        done = false;
        during = work::close;
        work.request(DELAY);
        scheduler.advance(Duration.ofHours(1));
        assertThat(runs).hasSize(1);
    }

    @Test
    void a_stopped_executor_ends_the_work_quietly() {
        scheduler.shutdown();
        work.request(DELAY);
        scheduler.advance(Duration.ofHours(1));
        assertThat(runs).isEmpty();
    }
}
