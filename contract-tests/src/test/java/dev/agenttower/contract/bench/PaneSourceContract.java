package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every way of asking tmux must do. */
abstract class PaneSourceContract {
    /** The source under test. */
    abstract PaneSource source();

    /** The bench that is asked. */
    abstract BenchTarget target();

    /** Starts a tmux server with so many panes, each in a window of its own in the session {@code work}. */
    abstract void startServer(String name, int panes);

    /** Ends a server such that its socket stays behind. */
    abstract void abandonServer(String name);

    @Test
    void lists_every_pane_of_every_server() {
        startServer("default", 3);
        startServer("other", 1);

        Map<String, SocketPanes> sockets = sockets();

        assertThat(sockets).containsOnlyKeys("default", "other");
        assertThat(panes(sockets.get("default")).panes())
                .hasSize(3)
                .extracting(ObservedPane::windowIndex)
                .containsExactly(0, 1, 2);
        assertThat(panes(sockets.get("other")).panes()).singleElement().satisfies(pane -> {
            assertThat(pane.sessionName()).isEqualTo("work");
            assertThat(pane.paneIndex()).isZero();
            assertThat(pane.paneId()).isEqualTo("%0");
            assertThat(pane.pid()).isPositive();
            assertThat(pane.focused()).isTrue();
        });
    }

    @Test
    void tells_the_same_pane_id_of_two_servers_apart() {
        startServer("default", 1);
        startServer("other", 1);

        assertThat(sockets().values())
                .allSatisfy(socket -> assertThat(panes(socket).panes())
                        .extracting(ObservedPane::paneId)
                        .containsExactly("%0"));
    }

    @Test
    void a_socket_whose_server_has_ended_has_no_panes() {
        startServer("default", 2);
        startServer("stale", 1);
        abandonServer("stale");

        Map<String, SocketPanes> sockets = sockets();

        assertThat(panes(sockets.get("default")).panes()).hasSize(2);
        assertThat(panes(sockets.get("stale"))).isEqualTo(new Seen(List.of(), 0));
    }

    Map<String, SocketPanes> sockets() {
        BenchPanes answer = source().list(target());
        assertThat(answer).isInstanceOf(Listed.class);
        return ((Listed) answer)
                .sockets().stream()
                        .collect(Collectors.toMap(
                                socket -> socket.path().substring(socket.path().lastIndexOf('/') + 1),
                                Function.identity()));
    }

    static Seen panes(SocketPanes socket) {
        assertThat(socket.outcome()).isInstanceOf(Seen.class);
        return (Seen) socket.outcome();
    }
}
