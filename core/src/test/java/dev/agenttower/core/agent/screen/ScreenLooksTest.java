package dev.agenttower.core.agent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.discovery.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScreenLooksTest {
    private static final AgentId AGENT = new AgentId("agt_abc123def456");
    private static final int STEP = 10;

    private final ManualScheduler timer = new ManualScheduler();
    private final List<Long> looks = new ArrayList<>();
    private long millis;
    private final ScreenLooks screens = new ScreenLooks(timer, () -> millis * 1_000_000, agent -> looks.add(millis));

    private void advance(long until) {
        while (millis < until) {
            millis += STEP;
            timer.advance(Duration.ofMillis(STEP));
        }
    }

    private void print(long until) {
        while (millis < until) {
            screens.printed(AGENT);
            advance(millis + 50);
        }
    }

    @Test
    void a_pane_is_looked_at_when_it_falls_silent_and_once_more() {
        screens.printed(AGENT);
        advance(10_000);
        assertThat(looks).containsExactly(150L, 1350L);
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void a_pane_that_goes_on_printing_is_looked_at_now_and_then() {
        print(21_000);
        assertThat(looks).hasSizeBetween(3, 5);
        looks.clear();
        advance(30_000);
        assertThat(looks).hasSize(2);
        assertThat(looks.get(0)).isLessThanOrEqualTo(21_000 + 300);
    }

    @Test
    void looks_keep_their_pause_however_often_a_pane_falls_silent() {
        for (int i = 0; i < 50; i++) {
            screens.printed(AGENT);
            advance(millis + 200);
        }
        for (int i = 1; i < looks.size(); i++) {
            assertThat(looks.get(i) - looks.get(i - 1)).isGreaterThanOrEqualTo(ScreenLooks.PAUSE.toMillis());
        }
        assertThat(looks).hasSizeGreaterThan(15);
    }

    @Test
    void where_nothing_is_printed_nobody_looks() {
        advance(60_000);
        assertThat(looks).isEmpty();
        screens.printed(AGENT);
        screens.keep(Set.of());
        advance(120_000);
        assertThat(looks).isEmpty();
    }

    @Test
    void a_timer_that_ends_is_no_fault() {
        timer.shutdown();
        screens.printed(AGENT);
        screens.printed(AGENT);
        assertThat(looks).isEmpty();
    }
}
