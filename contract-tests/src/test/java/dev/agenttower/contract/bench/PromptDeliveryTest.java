package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prompts on their whole way: from a person, through the real daemon, into a pane of a tmux of its own. */
@Tag("tmux")
final class PromptDeliveryTest extends PromptedPane {
    @Override
    DaemonProcess programs() {
        return DaemonProcess.real();
    }

    @Test
    void a_person_sends_a_prompt_from_the_command_line() throws IOException {
        CommandResult sent = tower.run("send", "worker", "two\nlines — $(date)").orThrow();
        assertThat(sent.out()).startsWith("delivered: msg=");
        assertThat(Files.readString(received)).isEqualTo("\u001b[200~two\nlines — $(date)\u001b[201~\r");
        assertThat(tmux.run(SERVER, "list-buffers")).isEmpty();
    }

    @Test
    void a_held_prompt_says_why_and_is_delivered_when_the_reason_is_gone() {
        tmux.run(SERVER, "copy-mode", "-t", "%0");
        send("held", false);
        send("next", false);
        await().atMost(PATIENCE)
                .until(() -> rows().path(0).path("hold_reason").asText().equals("pane_in_mode"));
        assertThat(rows().path(0).path("state").asText()).isEqualTo("queued");
        assertThat(received).isEmptyFile();
        tmux.run(SERVER, "send-keys", "-t", "%0", "-X", "cancel");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(received))
                        .isEqualTo("\u001b[200~held\u001b[201~\r\u001b[200~next\u001b[201~\r"));
    }

    @Test
    void a_prompt_that_waited_is_not_typed_into_a_program_that_was_started_meanwhile() throws IOException {
        tmux.run(SERVER, "copy-mode", "-t", "%0");
        send("for the former", false);
        await().atMost(PATIENCE)
                .until(() -> rows().path(0).path("hold_reason").asText().equals("pane_in_mode"));
        tmux.run(
                SERVER,
                "respawn-pane",
                "-k",
                "-t",
                "%0",
                "stty raw -echo; printf '\\033[?2004h'; exec cat > " + received);
        await().atMost(PATIENCE)
                .until(() -> rows().path(0).path("state").asText().equals("failed"));
        assertThat(rows().path(0).path("failure_reason").asText()).isEqualTo("pane_disappeared_mid_attempt");
        await().atMost(PATIENCE).until(() -> tower.call("scan_panes").path("ok").asBoolean());
        assertThat(send("for the present one", true).path("state").asText()).isEqualTo("delivered");
        await().atMost(PATIENCE).until(() -> count("for the present one") == 1);
        assertThat(Files.readString(received)).doesNotContain("former");
    }

    @Test
    void a_daemon_killed_during_an_attempt_says_so_and_does_not_repeat_it() throws IOException {
        String server = tmux.run(SERVER, "display-message", "-p", "#{pid}").strip();
        Command.run(List.of("kill", "-STOP", server));
        try {
            send("cut off", false);
            await().atMost(PATIENCE)
                    .until(() ->
                            rows().path(0).path("delivery_attempt_started_at").isTextual());
            tower.kill();
        } finally {
            Command.run(List.of("kill", "-CONT", server));
        }
        tower.run("ensure-daemon").orThrow();
        JsonNode row = rows().path(0);
        assertThat(row.path("state").asText()).isEqualTo("failed");
        assertThat(row.path("failure_reason").asText()).isEqualTo("attempt_interrupted");
        assertThat(Files.readString(tower.paths().events())).containsOnlyOnce("queue_message_failed");
        assertThat(send("afterwards", true).path("state").asText()).isEqualTo("delivered");
        await().atMost(PATIENCE).until(() -> count("afterwards") == 1);
        assertThat(count("cut off")).isLessThanOrEqualTo(1);
    }

    @Test
    void no_kill_delivers_a_prompt_twice_or_loses_one_without_saying_so() throws IOException {
        Random random = new Random(7);
        List<String> bodies = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 8; i++) {
                bodies.add("prompt " + round + "-" + i);
                send(bodies.get(bodies.size() - 1), false);
                if (i == 2 + random.nextInt(5)) {
                    break;
                }
            }
            tower.kill();
            tower.run("ensure-daemon").orThrow();
        }
        await().atMost(PATIENCE).until(() -> {
            for (JsonNode row : rows()) {
                if (row.path("state").asText().equals("queued")) {
                    return false;
                }
            }
            return true;
        });
        assertThat(rows()).hasSameSizeAs(bodies);
        List<Integer> places = new ArrayList<>();
        String all = Files.readString(received);
        for (int i = 0; i < bodies.size(); i++) {
            JsonNode row = rows().path(i);
            int times = count(bodies.get(i));
            if (row.path("state").asText().equals("delivered")) {
                assertThat(times).as(bodies.get(i)).isEqualTo(1);
                places.add(all.indexOf(bodies.get(i)));
            } else {
                assertThat(row.path("failure_reason").asText()).isEqualTo("attempt_interrupted");
                assertThat(times).as(bodies.get(i)).isLessThanOrEqualTo(1);
            }
        }
        assertThat(places).isSorted();
    }
}
