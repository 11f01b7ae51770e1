package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void lets_work_that_is_quick_enough_have_its_result() {
        assertThat(deadlines.in(Duration.ofMinutes(1)).within(() -> "done")).isEqualTo("done");
    }

    @Test
    void passes_on_what_the_work_throws() {
        assertThatThrownBy(() -> deadlines.in(Duration.ofMinutes(1)).within(() -> {
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
    }

    @Test
    void interrupts_work_that_is_too_slow_and_leaves_no_interrupt_behind() {
        assertThatThrownBy(() -> deadlines.in(Duration.ofMillis(20)).within(DeadlineTest::waitForever))
                .isInstanceOf(DeadlinePassedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void does_not_begin_work_that_is_too_late() {
        Deadline passed = deadlines.in(Duration.ZERO);

        assertThatThrownBy(() -> passed.within(() -> {
                    throw new AssertionError("began");
                }))
                .isInstanceOf(DeadlinePassedException.class);
    }

    @Test
    void keeps_an_interrupt_that_is_not_its_own() {
        String result = deadlines.in(Duration.ofMinutes(1)).within(() -> {
            Thread.currentThread().interrupt();
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static String waitForever() {
        try {
            new CountDownLatch(1).await();
            return "woken";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
