package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaneJumpTest {
    private static final ContainerId HOST = new ContainerId("host");
    private static final TmuxIdentity OUTSIDE = new TmuxIdentity.Outside();

    private static PaneKey pane(String bench, String socket) {
        return new PaneKey(new ContainerId(bench), socket, "main", 0, 1, "%7");
    }

    @Test
    void within_the_same_server_the_client_moves() {
        PaneJump jump = PaneJump.to(pane("host", "/tmp/a"), HOST, new TmuxIdentity.InPane("/tmp/a", "0", "%1"));
        assertThat(jump)
                .isEqualTo(new PaneJump(List.of("tmux", "-S", "/tmp/a", "switch-client", "-t", "%7"), false, null));
    }

    @Test
    void outside_of_tmux_it_attaches() {
        PaneJump jump = PaneJump.to(pane("host", "/tmp/a"), HOST, OUTSIDE);
        assertThat(jump.command()).containsExactly("tmux", "-S", "/tmp/a", "attach-session", "-t", "%7");
        assertThat(jump.takesTerminal()).isTrue();
        assertThat(jump.refusal()).isNull();
    }

    @Test
    void another_server_is_not_entered_from_within_tmux() {
        PaneJump jump = PaneJump.to(pane("host", "/tmp/a"), HOST, new TmuxIdentity.InPane("/tmp/b", "0", "%1"));
        assertThat(jump.refusal()).contains("another tmux server");
    }

    @Test
    void a_pane_of_a_container_is_reached_through_the_engine_as_its_user() {
        PaneJump jump = PaneJump.to(pane("c1", "/tmp/tmux-1000/default"), HOST, OUTSIDE);
        assertThat(jump.command())
                .containsExactly(
                        "docker",
                        "exec",
                        "-it",
                        "-u",
                        "1000",
                        "c1",
                        "tmux",
                        "-S",
                        "/tmp/tmux-1000/default",
                        "attach-session",
                        "-t",
                        "%7");
        assertThat(PaneJump.to(pane("c1", "/x"), null, OUTSIDE).command()).doesNotContain("-u");
    }
}
