package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes;
import dev.agenttower.core.pane.PaneKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("tmux")
class LocalPanePipesContractTest extends PanePipesContract {
    @RegisterExtension
    final LocalLab lab = new LocalLab();

    @TempDir
    Path folder;

    @BeforeEach
    void start_a_server() {
        lab.tmux().run("server", "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sh");
        lab.tmux().run("server", "split-window", "-d", "-t", "work:0", "sh");
    }

    @Override
    PanePipes pipes() {
        return lab.benches().panePipes();
    }

    @Override
    PanePipes.Target pane(String id) {
        return new PanePipes.Target(
                lab.target(),
                new PaneKey(
                        lab.target().container(), lab.tmux().socket("server").toString(), "work", 0, 0, id));
    }

    @Test
    void refuses_a_pane_that_does_not_exist() {
        refusesAPaneThatDoesNotExist();
    }

    @Test
    void what_the_pane_prints_arrives_whatever_signs_the_path_has() throws IOException {
        Path log = folder.resolve("%H #{pane_id} it's $(date) größe.log");
        pipes().open(pane("%1"), "cat >> '" + log.toString().replace("'", "'\"'\"'") + "'");
        lab.tmux().run("server", "send-keys", "-t", "%1", "echo recorded $((40 + 2))", "Enter");
        await().until(() -> Files.exists(log) && Files.readString(log).contains("recorded 42"));
    }

    @Test
    void the_home_of_the_user_is_that_of_the_server() {
        lab.tmux().run("server", "set-environment", "-g", "HOME", "/home/somebody");
        assertThat(pipes().home(pane("%1"))).contains("/home/somebody");
    }

    @Test
    void a_server_that_has_ended_is_refused() {
        PanePipes.Target pane = pane("%1");
        lab.tmux().run("server", "kill-server");
        assertThat(Assertions.catchThrowableOfType(RefusedException.class, () -> pipes().inspect(pane))
                        .code())
                .isEqualTo(ErrorCode.PIPE_PANE_FAILED);
    }
}
