package dev.agenttower.contract.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** A reader of logs whose clock stands where a file says, and whose cycles begin with a datagram. */
final class ReaderSeamsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(tower);
    private Path folder;
    private Path clock;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "at"); // the path of a socket is short of room
        clock = folder.resolve("clock");
        time("2026-01-02T03:04:05.000006+00:00", 1.5);
        tower.init();
        Files.writeString(tower.paths().configFile(), "[events]\nreader_cycle_wallclock_cap_seconds = 3600\n");
        tower.with("AGENTTOWER_TEST_EVENTS_CLOCK_FAKE", clock.toString())
                .with("AGENTTOWER_TEST_READER_TICK", folder.resolve("tick").toString())
                .start();
    }

    @AfterEach
    void remove() throws IOException {
        tower.stop();
        DaemonProcess.removeTree(folder);
    }

    private void time(String observedAt, double monotonic) throws IOException {
        Path next = folder.resolve("next");
        Files.writeString(next, "{\"observed_at_iso\": \"" + observedAt + "\", \"monotonic\": " + monotonic + "}");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean tick() {
        try (AFUNIXDatagramChannel sender = AFUNIXDatagramChannel.open()) {
            return sender.send(ByteBuffer.wrap(new byte[1]), AFUNIXSocketAddress.of(folder.resolve("tick"))) == 1;
        } catch (IOException notWaiting) {
            return false;
        }
    }

    /** The errors; where the clock leaps, silence is an event, too. */
    private List<String> events() {
        return files
                .rows(
                        "SELECT event_type || ' ' || observed_at FROM events WHERE event_type = 'error' ORDER BY event_id")
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Test
    void a_cycle_begins_with_a_datagram_and_has_the_time_of_the_file() throws IOException {
        Path log = Files.createDirectories(tower.paths().logsDir().resolve("c")).resolve("agt_00000000000a.log");
        Files.createFile(log);
        new World(tower).container(World.BENCH, "bench", true).pane(World.BENCH, 0, true);
        new World(tower)
                .agent("agt_00000000000a", World.BENCH, 0, "slave", true)
                .log("agt_00000000000a", "active");
        tower.sql(
                "UPDATE log_attachments SET log_path = '" + log + "'",
                "INSERT INTO log_offsets (agent_id, log_path, created_at, updated_at) VALUES ('agt_00000000000a', '"
                        + log + "', 'x', 'x')");
        Files.write(log, "Error: one\n".getBytes(UTF_8), APPEND);
        await().atMost(PATIENCE).until(() -> {
            tick();
            return events().equals(List.of("error 2026-01-02T03:04:05.000006+00:00"));
        });
        time("2027-01-02T03:04:05.000006+00:00", 100);
        Files.write(log, "Error: two\n".getBytes(UTF_8), APPEND);
        await().atMost(PATIENCE).until(() -> {
            tick();
            return events().size() == 2;
        });
        assertThat(events().get(1)).isEqualTo("error 2027-01-02T03:04:05.000006+00:00");
    }
}
