package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.bench.PrivateTmux;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the hooks of an agent in a pane tell of it, from the hook's program to what people see. */
@Tag("tmux")
final class AgentStateTest {
    /** The shell that runs this is the client of the agent; it prints what is listed after each hook. */
    private static final String STEPS = """
            TOWER register-self --role slave --label worker >/dev/null || exit
            step() {
              printf '%s' "$2" | CLAUDE_PID=$$ HOOK claude "$1"
              echo "$1 exit $? $(TOWER list-agents --states | tail -n 1 | cut -f 2,10,12,13 | tr '\\t' ' ')"
            }
            step SessionStart '{"session_id":"s","source":"startup"}'
            step UserPromptSubmit '{"session_id":"s","prompt":"go"}'
            step PreToolUse '{"session_id":"s","tool_name":"Bash","tool_input":{"command":"ls"}}'
            step PermissionRequest '{"session_id":"s","tool_name":"Bash","tool_input":{"command":"ls"}}'
            step Stop 'garbage'
            TOWER list-agents --json
            TOWER statusline
            curl -s --unix-socket SOCKET http://tower/api/governance/inbox
            step PostToolUse '{"session_id":"s","tool_name":"Bash","tool_input":{"command":"ls"}}'
            TOWER statusline
            step Stop '{"session_id":"s","stop_hook_active":false}'
            TOWER events --json
            step SessionEnd '{"session_id":"s","reason":"other"}'
            """;

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tower.init();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    @Test
    void hooks_tell_what_the_agent_in_their_pane_does() throws Exception {
        tower.start();
        // The folder looks governed, else the hook tells nothing.
        Files.createDirectories(tower.home().resolve("_cortex"));
        Path steps = Files.writeString(
                tower.home().resolve("steps"),
                STEPS.replace("SOCKET", tower.paths().httpSocket().toString())
                        .replace("TOWER", Programs.REAL.launcher("agenttower").toString())
                        .replace(
                                "HOOK",
                                Programs.REAL.launcher("agenttower-hook").toString()));
        Path printed = tower.home().resolve("printed");
        tmux.run(
                "first",
                "new-session",
                "-d",
                "-s",
                "work",
                "cd " + tower.home() + "; HOME=" + tower.home() + " sh " + steps + " > " + printed + ".part 2>&1; mv "
                        + printed + ".part " + printed + "; sleep 1000");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(printed));

        String said = Files.readString(printed);
        assertThat(said.lines().filter(line -> line.contains(" exit ")))
                .as(said)
                .containsExactly(
                        "SessionStart exit 0 worker starting - hook",
                        "UserPromptSubmit exit 0 worker working - hook",
                        "PreToolUse exit 0 worker working Bash hook",
                        "PermissionRequest exit 0 worker waiting_permission Bash: ls hook",
                        "Stop exit 0 worker waiting_permission Bash: ls hook",
                        "PostToolUse exit 0 worker working - hook",
                        "Stop exit 0 worker idle - hook",
                        "SessionEnd exit 0 worker ended - hook");
        assertThat(said)
                .contains("\n1 need you\n", "\n1 working\n")
                .contains("\"kind\":\"agent\"", "\"state\":\"waiting_permission\",\"title\":\"worker\"")
                .contains("\"state\": \"waiting_permission\"", "\"state_detail\": \"Bash: ls\"")
                .contains("state.waiting_permission.v1", "waiting_permission: Bash: ls", "state.idle.v1");
    }
}
