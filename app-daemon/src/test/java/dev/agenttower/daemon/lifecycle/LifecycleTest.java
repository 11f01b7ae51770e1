package dev.agenttower.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    private final Lifecycle lifecycle = new Lifecycle();
    private final List<String> closed = new ArrayList<>();

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private AutoCloseable failing(String name) {
        return () -> {
            closed.add(name);
            throw new IOException(name);
        };
    }

    @Test
    void passes_through_its_states_in_order() {
        assertThat(lifecycle.state()).isEqualTo(Lifecycle.State.STARTING);
        lifecycle.started();
        assertThat(lifecycle.state()).isEqualTo(Lifecycle.State.RUNNING);
        lifecycle.close();
        assertThat(lifecycle.state()).isEqualTo(Lifecycle.State.STOPPED);
    }

    @Test
    void closes_its_parts_in_reverse_order() {
        lifecycle.own(part("first"));
        lifecycle.own(part("second"));
        lifecycle.started();
        lifecycle.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void closes_what_a_failed_start_had_built() {
        lifecycle.own(part("first"));
        lifecycle.close();
        assertThat(closed).containsExactly("first");
        assertThat(lifecycle.state()).isEqualTo(Lifecycle.State.STOPPED);
    }

    @Test
    void closes_every_part_even_if_some_fail_and_keeps_all_failures() {
        lifecycle.own(failing("first"));
        lifecycle.own(part("second"));
        lifecycle.own(failing("third"));
        assertThatThrownBy(lifecycle::close)
                .hasRootCauseMessage("third")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("third", "second", "first");
    }

    @Test
    void closes_once() {
        lifecycle.own(part("only"));
        lifecycle.close();
        lifecycle.close();
        assertThat(closed).containsExactly("only");
    }

    @Test
    void takes_no_part_once_it_runs_or_has_ended() {
        lifecycle.started();
        assertThatThrownBy(() -> lifecycle.own(part("late"))).isInstanceOf(IllegalStateException.class);
        lifecycle.close();
        assertThatThrownBy(lifecycle::started).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void remembers_the_first_wish_to_stop_even_if_it_came_while_starting() {
        lifecycle.requestStop(StopTrigger.SIGTERM);
        lifecycle.requestStop(StopTrigger.API);
        lifecycle.started();
        assertThat(lifecycle.awaitStop()).isEqualTo(StopTrigger.SIGTERM);
    }

    @Test
    void only_the_first_wish_to_stop_is_the_first() {
        assertThat(lifecycle.requestStop(StopTrigger.SIGTERM)).isTrue();
        assertThat(lifecycle.requestStop(StopTrigger.SIGTERM)).isFalse();
    }

    @Test
    void tells_what_it_is_closing() {
        List<@Nullable AutoCloseable> seen = new ArrayList<>();
        AutoCloseable part = lifecycle.own(() -> seen.add(lifecycle.beingClosed()));
        assertThat(lifecycle.beingClosed()).isNull();
        lifecycle.close();
        assertThat(seen).containsExactly(part);
        assertThat(lifecycle.beingClosed()).isNull();
    }
}
