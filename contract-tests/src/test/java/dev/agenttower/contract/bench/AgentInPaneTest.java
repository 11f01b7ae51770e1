package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent that runs the command line in its own pane, with and without the pane in its environment. */
@Tag("tmux")
final class AgentInPaneTest {
    private static final String PROGRAM = Programs.REAL.launcher("agenttower").toString();
    private static final String WITHOUT_PANE = "env -u TMUX -u TMUX_PANE ";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;
    private int number;

    @BeforeEach
    void adopt() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tmux.start("server", 2);
        tower.start();
        tower.run("scan", "--panes").orThrow();
        tower.run("adopt", "--pane", "%0", "--role", "slave", "--label", "agent")
                .orThrow();
        tower.run("adopt", "--pane", "%1", "--role", "slave", "--label", "other")
                .orThrow();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    /** Runs a command in the agent's pane; gives its output and its status. */
    private String inPane(String command) throws IOException {
        Path out = tower.home().resolve("out-" + ++number);
        String home = "HOME=" + tower.home() + " XDG_CONFIG_HOME= XDG_STATE_HOME= XDG_CACHE_HOME= ";
        tmux.run(
                "server",
                "respawn-pane",
                "-k",
                "-t",
                "%0",
                home + command + " >" + out + " 2>&1; echo \"status $?\" >>" + out + "; exec sleep 1000");
        await().atMost(Duration.ofSeconds(50))
                .until(() -> Files.exists(out) && Files.readString(out).contains("status "));
        return Files.readString(out);
    }

    @Test
    void gets_no_rights_of_a_person() throws IOException {
        assertThat(inPane(PROGRAM + " set-role --target agent --role master --confirm"))
                .contains("code: master_confirm_required", "status 3");
        assertThat(inPane(WITHOUT_PANE + PROGRAM + " send other hello")).contains("sender_not_in_pane", "status 3");
        assertThat(inPane(WITHOUT_PANE + PROGRAM + " routing disable"))
                .contains("routing_toggle_host_only", "status 19");
        assertThat(tower.run("queue", "--json").orThrow().out().strip()).isEqualTo("[]");
        assertThat(tower.run("routing", "status").orThrow().out()).contains("enabled");

        tower.run("set-role", "--target", "agent", "--role", "master", "--confirm")
                .orThrow();
        assertThat(inPane(PROGRAM + " send-input --target other --message hello"))
                .contains("delivered", "status 0");
    }
}
