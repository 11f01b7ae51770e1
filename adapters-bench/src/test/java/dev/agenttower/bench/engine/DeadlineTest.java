package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
    @Test
    void begins_now() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));

        assertThat(deadline.limit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Duration.ofNanos(deadline.remainingNanos()))
                .isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    }

    @Test
    void has_nothing_left_once_it_has_passed() {
        assertThat(Deadline.in(Duration.ZERO).remainingNanos()).isLessThanOrEqualTo(0);
    }
}
