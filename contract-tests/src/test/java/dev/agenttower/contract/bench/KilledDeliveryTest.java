package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A daemon that is killed at each step of a delivery. Messages that wait begin, and results are stored, with a tick only, so that each step can be
 * held.
 */
@Tag("tmux")
final class KilledDeliveryTest extends PromptedPane {
    private static final String TICK = "AGENTTOWER_TEST_DELIVERY_TICK";

    private Path socket;

    @Override
    DaemonProcess programs() {
        try {
            // the path of a socket is short of room
            socket = Files.createTempDirectory(Path.of("/tmp"), "at").resolve("tick");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return DaemonProcess.scripted()
                .without("AGENTTOWER_TEST_FORCE_HOST_PEER")
                .with(TICK, socket.toString());
    }

    @AfterEach
    void remove_the_socket() throws IOException {
        Files.deleteIfExists(socket);
        Files.delete(socket.getParent());
    }

    private void tick() throws IOException {
        try (AFUNIXDatagramChannel sender = AFUNIXDatagramChannel.open()) {
            sender.send(ByteBuffer.wrap(new byte[1]), AFUNIXSocketAddress.of(socket));
        }
    }

    private JsonNode row() {
        for (JsonNode row : rows()) {
            if (row.path("excerpt").asText().equals("prompt")) {
                return row;
            }
        }
        throw new AssertionError(rows().toString());
    }

    private boolean isBegun() {
        return row().path("delivery_attempt_started_at").isTextual();
    }

    private void restart() {
        tower.kill();
        tower.without(TICK).run("ensure-daemon").orThrow();
    }

    /** The transitions of the message on the trail. */
    private List<String> trail() throws IOException {
        String id = row().path("message_id").asText();
        return Files.readAllLines(tower.paths().events()).stream()
                .filter(line -> line.contains(id))
                .map(line -> line.replaceAll(".*\"event_type\": ?\"queue_message_(\\w+)\".*", "$1"))
                .toList();
    }

    private void assertInterrupted() throws IOException {
        assertThat(row().path("state").asText()).isEqualTo("failed");
        assertThat(row().path("failure_reason").asText()).isEqualTo("attempt_interrupted");
        assertThat(trail()).containsExactly("enqueued", "failed");
        assertThat(send("afterwards", true).path("state").asText()).isEqualTo("delivered");
        // The program in the pane writes down what tmux has given it already.
        await().atMost(PATIENCE).until(() -> count("afterwards") == 1);
    }

    private void assertDelivered() throws IOException {
        await().atMost(PATIENCE).until(() -> row().path("state").asText().equals("delivered"));
        await().atMost(PATIENCE).until(() -> count("prompt") == 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(trail()).containsExactly("enqueued", "delivered"));
    }

    @Test
    void queued_and_not_begun_is_delivered_once_after_the_start() throws IOException {
        send("before", false);
        send("prompt", false);
        await().atMost(PATIENCE).until(() -> count("before") == 1);
        assertThat(isBegun()).as("its pane is busy").isFalse();
        restart();
        assertDelivered();
        assertThat(count("before")).isEqualTo(1);
    }

    @Test
    void begun_and_not_typed_is_interrupted() throws IOException {
        String server = tmux.run(SERVER, "display-message", "-p", "#{pid}").strip();
        Command.run(List.of("kill", "-STOP", server));
        try {
            send("prompt", false);
            await().atMost(PATIENCE).until(this::isBegun);
            restart();
        } finally {
            Command.run(List.of("kill", "-CONT", server));
        }
        assertInterrupted();
        assertThat(count("prompt")).isLessThanOrEqualTo(1);
    }

    @Test
    void typed_and_not_stored_is_interrupted_and_not_typed_again() throws IOException {
        send("prompt", false);
        await().atMost(PATIENCE).until(() -> count("prompt") == 1);
        assertThat(row().path("state").asText()).isEqualTo("queued");
        assertThat(isBegun()).isTrue();
        restart();
        assertInterrupted();
        assertThat(count("prompt")).isEqualTo(1);
    }

    @Test
    void delivered_and_not_on_the_trail_is_written_there_after_the_start() throws IOException {
        send("prompt", false);
        await().atMost(PATIENCE).until(() -> count("prompt") == 1);
        // Time for the tick to be seen, because a further one would write the trail.
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            boolean isDelivered = row().path("state").asText().equals("delivered");
            if (!isDelivered) {
                tick();
            }
            return isDelivered;
        });
        restart();
        assertDelivered();
    }
}
