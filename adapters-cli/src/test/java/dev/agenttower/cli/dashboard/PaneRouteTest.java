package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaneRouteTest {
    private static final String SOCKET = "/tmp/tmux-1000/default";
    private static final BenchPane HERE = pane("a-id", "host", SOCKET, "me");
    private static final BenchPane CONTAINER = pane("b-id", "py-bench", "/tmp/tmux-0/default", "dev");
    private static final Optional<String> HOST = Optional.of("a-id");

    private static BenchPane pane(String id, String bench, String socket, String user) {
        return new BenchPane(
                new PaneKey(new ContainerId(id), socket, "work", 1, 2, "%3"), bench, user, "sh", "/", Optional.empty());
    }

    @Test
    void a_client_of_the_same_server_is_switched() {
        PaneRoute route = PaneRoute.to(HERE, HOST, true, Optional.of(SOCKET + ",123,0"));
        assertThat(route.isElsewhere()).isFalse();
        assertThat(PaneRoute.typed(route.select()))
                .isEqualTo("tmux -S " + SOCKET
                        + " select-window -t '%3' ';' select-pane -t '%3' ';' switch-client -t '%3'");
        assertThat(route.attach()).isEmpty();
    }

    @Test
    void a_server_is_known_by_any_path_to_its_socket(@TempDir Path folder) throws IOException {
        Path socket = Files.createFile(folder.resolve("a,b"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        BenchPane pane = pane("a-id", "host", socket.toString(), "me");
        assertThat(PaneRoute.to(pane, HOST, true, Optional.of(link.resolve("a,b") + ",123,0"))
                        .isElsewhere())
                .isFalse();
    }

    @Test
    void a_client_of_another_server_is_told_what_to_type() {
        PaneRoute route = PaneRoute.to(HERE, HOST, true, Optional.of("/tmp/tmux-1000/other,123,0"));
        assertThat(route.where()).isEqualTo("outside of tmux");
        assertThat(PaneRoute.typed(route.attach())).isEqualTo("tmux -S " + SOCKET + " attach-session -t '%3'");
    }

    @Test
    void outside_of_tmux_a_client_is_attached() {
        PaneRoute route = PaneRoute.to(HERE, HOST, true, Optional.empty());
        assertThat(route.isElsewhere()).isFalse();
        assertThat(PaneRoute.typed(route.select()))
                .isEqualTo("tmux -S " + SOCKET + " select-window -t '%3' ';' select-pane -t '%3'");
        assertThat(PaneRoute.typed(route.attach())).isEqualTo("tmux -S " + SOCKET + " attach-session -t '%3'");
    }

    @Test
    void a_pane_of_a_container_is_reached_through_its_engine_also_inside_tmux() {
        for (Optional<String> tmux : List.of(Optional.of(SOCKET + ",1,0"), Optional.<String>empty())) {
            PaneRoute route = PaneRoute.to(CONTAINER, HOST, true, tmux);
            assertThat(route.isElsewhere()).isFalse();
            assertThat(PaneRoute.typed(route.select()))
                    .isEqualTo("docker exec -u dev py-bench tmux -u -S /tmp/tmux-0/default"
                            + " select-window -t '%3' ';' select-pane -t '%3'");
            assertThat(PaneRoute.typed(route.attach()))
                    .isEqualTo("docker exec -it -u dev py-bench tmux -u -S /tmp/tmux-0/default"
                            + " attach-session -t '%3'");
        }
    }

    @Test
    void from_a_container_only_its_own_panes_are_reached() {
        Optional<String> own = Optional.of("b-id");
        assertThat(PaneRoute.typed(
                        PaneRoute.to(CONTAINER, own, false, Optional.empty()).attach()))
                .isEqualTo("tmux -S /tmp/tmux-0/default attach-session -t '%3'");
        PaneRoute host = PaneRoute.to(HERE, own, false, Optional.empty());
        assertThat(host.where()).isEqualTo("on the host");
        assertThat(PaneRoute.typed(host.attach())).isEqualTo("tmux -S " + SOCKET + " attach-session -t '%3'");
        PaneRoute other = PaneRoute.to(CONTAINER, Optional.empty(), false, Optional.empty());
        assertThat(other.where()).isEqualTo("on the host");
        assertThat(PaneRoute.typed(other.attach())).startsWith("docker exec -it -u dev py-bench tmux");
    }
}
