package dev.agenttower.core.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.scan.ScanRecord.Result;
import dev.agenttower.core.scan.ScanRecord.State;
import dev.agenttower.core.time.HandClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AppScansTest {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Result CONTAINERS =
            new Result.Containers(new ContainerScan("own", "t0", "t1", 0, 0, 0, null, null, List.of()));
    private static final Result PANES =
            new Result.Panes(new PaneScan("own", "t0", "t1", 0, 0, 0, 0, 0, 0, 0, null, null, List.of()));

    private final HandClock clock = new HandClock();
    private final Deque<Runnable> queued = new ArrayDeque<>();
    private final AppScans scans = scans(() -> CONTAINERS, queued::add);

    @Nested
    class A_scan {
        @Test
        void has_an_id_of_its_own_in_32_hex_digits() {
            assertThat(scans.start(ScanKind.CONTAINERS, NO_WAIT).scanId()).matches("[0-9a-f]{32}");
        }

        @Test
        void runs_until_it_has_a_result() {
            ScanRecord running = scans.start(ScanKind.CONTAINERS, NO_WAIT);
            long start = HandClock.START.toEpochMilli();
            assertThat(running)
                    .isEqualTo(new ScanRecord(running.scanId(), ScanKind.CONTAINERS, State.RUNNING, start, null, null));
            clock.advance(Duration.ofMillis(70));

            runQueued();

            assertThat(scans.find(running.scanId()))
                    .contains(new ScanRecord(
                            running.scanId(), ScanKind.CONTAINERS, State.COMPLETED, start, start + 70, CONTAINERS));
        }

        @Test
        void is_found_by_its_id_only() {
            scans.start(ScanKind.CONTAINERS, NO_WAIT);
            assertThat(scans.find("0".repeat(32))).isEmpty();
        }

        @Test
        void that_is_refused_fails_by_the_name_of_the_failure() {
            AppScans refusing = scans(
                    () -> {
                        throw new RefusedException(ErrorCode.DOCKER_UNAVAILABLE, "no engine");
                    },
                    Runnable::run);
            ScanRecord failed = refusing.start(ScanKind.CONTAINERS, LONG);
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.result()).isEqualTo(new Result.Failure("RefusedException"));
            assertThat(failed.completedAtMillis()).isNotNull();
        }

        @Test
        void that_breaks_ends_too_and_the_executor_hears_of_it() {
            AppScans broken = scans(
                    () -> {
                        throw new AssertionError("bug");
                    },
                    queued::add);
            ScanRecord running = broken.start(ScanKind.CONTAINERS, NO_WAIT);
            assertThatThrownBy(AppScansTest.this::runQueued).hasMessage("bug");
            assertThat(broken.find(running.scanId()).orElseThrow().result())
                    .isEqualTo(new Result.Failure("AssertionError"));
            assertThat(broken.start(ScanKind.CONTAINERS, NO_WAIT).scanId()).isNotEqualTo(running.scanId());
        }

        @Test
        void that_the_executor_does_not_take_fails() {
            AppScans stopping = scans(() -> CONTAINERS, task -> {
                throw new RejectedExecutionException("stopping");
            });
            ScanRecord failed = stopping.start(ScanKind.CONTAINERS, LONG);
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.result()).isEqualTo(new Result.Failure("RejectedExecutionException"));
        }
    }

    @Nested
    class Joining {
        @Test
        void happens_while_a_scan_of_the_kind_runs() {
            ScanRecord first = scans.start(ScanKind.PANES, NO_WAIT);
            assertThat(scans.start(ScanKind.PANES, NO_WAIT)).isEqualTo(first);
            assertThat(scans.start(ScanKind.CONTAINERS, NO_WAIT).scanId()).isNotEqualTo(first.scanId());
            assertThat(queued).hasSize(2);
        }

        @Test
        void ends_with_the_scan() {
            ScanRecord first = scans.start(ScanKind.PANES, NO_WAIT);
            runQueued();
            assertThat(scans.start(ScanKind.PANES, NO_WAIT).scanId()).isNotEqualTo(first.scanId());
        }

        @Test
        void makes_one_scan_of_many_calls_at_once() throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            AtomicInteger runs = new AtomicInteger();
            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                AppScans real = scans(
                        () -> {
                            runs.incrementAndGet();
                            await(go);
                            return CONTAINERS;
                        },
                        threads);
                List<Future<String>> callers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    callers.add(threads.submit(
                            () -> real.start(ScanKind.CONTAINERS, NO_WAIT).scanId()));
                }
                Set<String> ids = new HashSet<>();
                for (Future<String> caller : callers) {
                    ids.add(caller.get());
                }
                assertThat(ids).hasSize(1);
                go.countDown();
                String id = ids.iterator().next();
                assertThat(real.start(ScanKind.PANES, LONG).state()).isEqualTo(State.COMPLETED);
                assertThat(real.find(id)).isPresent();
                assertThat(runs).hasValueLessThanOrEqualTo(1);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class Waiting {
        @Test
        void sees_the_end_of_a_scan() throws Exception {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                ScanRecord ended = scans(() -> CONTAINERS, thread).start(ScanKind.CONTAINERS, LONG);
                assertThat(ended.state()).isEqualTo(State.COMPLETED);
            } finally {
                thread.shutdownNow();
            }
        }

        @Test
        void ends_after_its_time_and_the_scan_goes_on() {
            ScanRecord running = scans.start(ScanKind.CONTAINERS, Duration.ofMillis(1));
            assertThat(running.state()).isEqualTo(State.RUNNING);
            runQueued();
            assertThat(scans.find(running.scanId()).orElseThrow().state()).isEqualTo(State.COMPLETED);
        }

        @Test
        void ends_with_an_interrupt_which_is_kept() {
            Thread.currentThread().interrupt();
            ScanRecord running = scans.start(ScanKind.CONTAINERS, LONG);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(running.state()).isEqualTo(State.RUNNING);
        }
    }

    @Nested
    class Bounds {
        @Test
        void refuse_a_scan_too_many() {
            AppScans narrow = new AppScans(work(() -> CONTAINERS), clock, queued::add, 1, 100);
            narrow.start(ScanKind.CONTAINERS, NO_WAIT);
            assertThatThrownBy(() -> narrow.start(ScanKind.PANES, NO_WAIT))
                    .isInstanceOfSatisfying(RefusedException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
                        assertThat(refusal.details())
                                .isEqualTo(Map.of("field", "scan_kind", "reason", "too_many_scans_in_flight"));
                    });
            runQueued();
            assertThat(narrow.start(ScanKind.PANES, NO_WAIT).state()).isEqualTo(State.RUNNING);
        }

        @Test
        void forget_the_oldest_ended_scan_first() {
            ScanRecord runsOn = scans.start(ScanKind.PANES, NO_WAIT);
            Runnable stillRunning = queued.remove();
            List<String> ended = new ArrayList<>();
            for (int i = 0; i < AppScans.MAX_REMEMBERED; i++) {
                ended.add(scans.start(ScanKind.CONTAINERS, NO_WAIT).scanId());
                runQueued();
            }
            assertThat(scans.find(runsOn.scanId())).contains(runsOn);
            assertThat(scans.find(ended.get(0))).isEmpty();
            assertThat(ended.subList(1, ended.size()))
                    .allMatch(id -> scans.find(id).isPresent());
            stillRunning.run();
            assertThat(scans.find(runsOn.scanId()).orElseThrow().result()).isEqualTo(PANES);
        }
    }

    private void runQueued() {
        while (!queued.isEmpty()) {
            queued.remove().run();
        }
    }

    private AppScans scans(Supplier<Result> containers, Executor executor) {
        return new AppScans(work(containers), clock, executor, AppScans.MAX_RUNNING, AppScans.MAX_REMEMBERED);
    }

    private static Map<ScanKind, Supplier<Result>> work(Supplier<Result> containers) {
        return Map.of(ScanKind.CONTAINERS, containers, ScanKind.PANES, () -> PANES);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
