package dev.agenttower.core.exclusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedLockTest {
    private final KeyedLock<String> lock = new KeyedLock<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void gives_back_what_the_work_gives() {
        assertThat(lock.<Integer>holding("a", () -> 7)).isEqualTo(7);
    }

    @Test
    void lets_one_thread_at_a_time_work_on_a_key() throws Exception {
        int[] unguarded = {0};
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            workers.add(threads.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    lock.holding("a", () -> unguarded[0]++);
                }
            }));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        assertThat(unguarded[0]).isEqualTo(8000);
    }

    @Test
    void lets_different_keys_be_worked_on_side_by_side() throws Exception {
        CyclicBarrier bothInside = new CyclicBarrier(2);
        Future<?> other = threads.submit(() -> lock.holding("b", () -> meet(bothInside)));
        lock.holding("a", () -> meet(bothInside));
        other.get();
    }

    @Test
    void may_be_taken_again_by_the_thread_that_holds_it() {
        assertThat(lock.<Boolean>holding("a", () -> lock.holding("a", () -> true)))
                .isTrue();
        assertThat(lock.size()).isZero();
    }

    @Test
    void frees_and_forgets_a_key_when_work_fails() {
        assertThatThrownBy(() -> lock.holding("a", () -> {
                    throw new IllegalStateException("x");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(lock.size()).isZero();
        assertThat(lock.<Integer>holding("a", () -> 1)).isEqualTo(1);
    }

    @Test
    void remembers_only_keys_in_use() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<?> holder = threads.submit(() -> lock.holding("held", () -> {
            inside.countDown();
            return await(leave);
        }));
        inside.await();
        for (int i = 0; i < 1000; i++) {
            lock.holding("key " + i, () -> 0);
        }
        assertThat(lock.size()).isEqualTo(1);
        leave.countDown();
        holder.get();
        assertThat(lock.size()).isZero();
    }

    private static boolean meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
            return true;
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
