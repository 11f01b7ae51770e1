package dev.agenttower.contract.bench;

import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneKey;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class DockerPanePipesContractTest extends PanePipesContract {
    private static BenchLab lab;
    private static Bench bench;
    private static DockerAndTmux benches;

    @BeforeAll
    static void open() {
        lab = BenchLab.open();
        bench = lab.up("py");
        benches = DockerAndTmux.open(Map.of());
    }

    @AfterAll
    static void close() {
        if (lab != null) {
            benches.close();
            lab.close();
        }
    }

    @BeforeEach
    void start_a_server() {
        bench.sh("tmux -f /dev/null -L pipes new-session -d -s work -x 200 -y 50 sh");
        bench.sh("tmux -L pipes split-window -d -t work:0 sh");
    }

    @AfterEach
    void end_the_server() {
        bench.sh("tmux -L pipes kill-server");
    }

    @Override
    PanePipes pipes() {
        return benches.panePipes();
    }

    @Override
    PanePipes.Target pane(String id) {
        return new PanePipes.Target(
                bench.target(),
                new PaneKey(bench.id(), "/tmp/tmux-" + bench.sh("id -u").strip() + "/pipes", "work", 0, 0, id));
    }

    @Test
    void refuses_a_pane_that_does_not_exist() {
        refusesAPaneThatDoesNotExist();
    }

    @Test
    void what_the_pane_prints_arrives() {
        pipes().open(pane("%1"), "cat >> '/tmp/%H #S.log'");
        bench.sh("tmux -L pipes send-keys -t %1 'echo recorded $((40 + 2))' Enter");
        await().until(() -> bench.sh("cat '/tmp/%H #S.log' 2>/dev/null || true").contains("recorded 42"));
    }
}
