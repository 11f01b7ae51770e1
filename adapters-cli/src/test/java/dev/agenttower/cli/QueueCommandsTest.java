package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueCommandsTest {
    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    @Test
    void a_refused_toggle_names_its_code_once() throws IOException {
        try (FakeDaemon daemon = world.daemon().refusing("routing.disable", "routing_toggle_host_only", "not here")) {
            assertThat(world.run("routing", "disable"))
                    .isEqualTo(new Run(19, "", "routing disable failed: routing_toggle_host_only — not here\n"));
            assertThat(daemon.methods()).endsWith("routing.disable");
        }
    }

    @Test
    void a_prompt_that_waits_names_what_it_waits_for() throws IOException {
        try (FakeDaemon daemon = world.daemon()
                .on(
                        "queue.send_input",
                        "{'message_id': 'm1', 'state': 'queued', 'block_reason': null, 'failure_reason': null,"
                                + " 'hold_reason': 'pane_in_mode', 'target': {'agent_id': 'a', 'label': 'b'}}")) {
            assertThat(world.run("send", "b", "x").err())
                    .isEqualTo("send failed: delivery_wait_timeout — pane_in_mode (msg=m1)\n"
                            + "next: leave the copy mode of the pane (q); it is then delivered by itself\n");
            assertThat(daemon.methods()).endsWith("queue.send_input");
        }
    }

    @Test
    void a_prompt_that_is_blocked_names_its_reason_once_where_it_is_the_whole_reason() throws IOException {
        assertThat(blocked("target_not_active")).startsWith("send failed: target_not_active (msg=m1)\nnext: ");
        assertThat(blocked("kill_switch_off"))
                .startsWith("send failed: routing_disabled — kill_switch_off (msg=m1)\nnext: ");
    }

    private String blocked(String reason) throws IOException {
        try (FakeDaemon daemon = world.daemon()
                .on(
                        "queue.send_input",
                        "{'message_id': 'm1', 'state': 'blocked', 'block_reason': '" + reason
                                + "', 'failure_reason': null}")) {
            Run run = world.run("send", "api", "hello");
            assertThat(daemon.methods()).endsWith("queue.send_input");
            return run.err();
        }
    }
}
