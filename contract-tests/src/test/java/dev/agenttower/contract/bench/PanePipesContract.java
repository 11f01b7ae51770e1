package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneKey;
import org.junit.jupiter.api.Test;

/** What {@link PanePipes} promises, by panes {@code %0} and {@code %1} of one window. */
abstract class PanePipesContract {
    abstract PanePipes pipes();

    /** A pane of the server; {@code %9} does not exist. */
    abstract PanePipes.Target pane(String id);

    static PanePipes.Target elsewhere(PanePipes.Target pane) {
        PaneKey key = pane.pane();
        return new PanePipes.Target(
                pane.bench(), new PaneKey(key.container(), key.socketPath(), "moved", 7, 7, key.paneId()));
    }

    @Test
    void a_pipe_is_opened_seen_and_closed() {
        assertThat(pipes().inspect(pane("%1")).isOpen()).isFalse();
        pipes().open(pane("%1"), "cat > /dev/null");
        assertThat(pipes().inspect(pane("%1")).isOpen()).isTrue();
        assertThat(pipes().inspect(pane("%0")).isOpen()).isFalse();
        pipes().close(pane("%1"));
        pipes().close(pane("%1"));
        assertThat(pipes().inspect(pane("%1")).isOpen()).isFalse();
    }

    @Test
    void the_piped_panes_of_a_server_are_told() {
        assertThat(pipes().piped(pane("%0"))).isEmpty();
        pipes().open(pane("%1"), "cat > /dev/null");
        assertThat(pipes().piped(pane("%0"))).singleElement().satisfies(piped -> {
            assertThat(piped.paneId()).isEqualTo("%1");
            assertThat(piped.address()).startsWith("work:0.");
            assertThat(piped.command()).isIn("", "cat > /dev/null");
        });
    }

    @Test
    void a_pane_is_found_where_it_was_moved_to() {
        pipes().open(elsewhere(pane("%1")), "cat > /dev/null");
        assertThat(pipes().inspect(pane("%1")).isOpen()).isTrue();
    }

    @Test
    void the_command_is_shown_for_the_record() {
        assertThat(pipes().shown(pane("%1"), "cat >> /l"))
                .contains("pipe-pane -o -t %1")
                .contains("cat >> /l");
    }

    /** For implementations that know which panes exist. */
    void refusesAPaneThatDoesNotExist() {
        for (Runnable call : new Runnable[] {
            () -> pipes().inspect(pane("%9")), () -> pipes().open(pane("%9"), "cat"), () -> pipes().close(pane("%9"))
        }) {
            assertThat(catchThrowableOfType(RefusedException.class, call::run).code())
                    .isEqualTo(ErrorCode.PIPE_PANE_FAILED);
        }
    }
}
