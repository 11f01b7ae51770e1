package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.World.BENCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The reader of events under scripted clocks, ticks and files. */
final class EventSeamsTest {
    private static final String AGENT = "agt_00000000000a";
    private static final String CLOCK = "AGENTTOWER_TEST_EVENTS_CLOCK_FAKE";
    private static final String TICK = "AGENTTOWER_TEST_READER_TICK";
    private static final String FILES = "AGENTTOWER_TEST_LOG_FS_FAKE";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(tower);
    private Path folder;
    private Path socket;
    private Path log;

    @BeforeEach
    void open() throws IOException {
        // the path of a socket is short of room
        folder = Files.createTempDirectory(Path.of("/tmp"), "at");
        socket = folder.resolve("tick");
        log = tower.paths().logsDir().resolve("c").resolve(AGENT + ".log");
    }

    @AfterEach
    void remove() throws IOException {
        DaemonProcess.removeTree(folder);
    }

    /** Starts a daemon whose reader has an attached log, and begins a cycle by itself only every so many seconds. */
    private void start(double cycleSeconds) throws IOException {
        tower.init();
        Files.writeString(
                tower.paths().configFile(),
                "\n[events]\nreader_cycle_wallclock_cap_seconds = " + cycleSeconds + "\n",
                APPEND);
        Files.createDirectories(log.getParent());
        Files.createFile(log);
        tower.start();
        new World(tower).agent(AGENT, BENCH, 0, "slave", true);
        String now = "2026-05-10T12:00:00.000000+00:00";
        tower.sql(
                "INSERT INTO log_attachments (attachment_id, agent_id, container_id, tmux_socket_path,"
                        + " tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id, log_path, status, source,"
                        + " pipe_pane_command, attached_at, last_status_at, created_at) VALUES ('lat_0123456789ab', '"
                        + AGENT + "', '" + BENCH + "', '" + World.SOCKET + "', 'main', 0, 0, '%0', '" + log
                        + "', 'active', 'explicit', 'c', '" + now + "', '" + now + "', '" + now + "')",
                "INSERT INTO log_offsets (agent_id, log_path, created_at, updated_at) VALUES ('" + AGENT + "', '" + log
                        + "', '" + now + "', '" + now + "')");
    }

    private void write(String lines) throws IOException {
        Files.write(log, lines.getBytes(UTF_8), APPEND);
    }

    /** The time of the next looks at the clock. */
    private void time(String wall, double monotonic) throws IOException {
        Path next = folder.resolve("next");
        Files.writeString(next, "{\"observed_at_iso\": \"" + wall + "\", \"monotonic\": " + monotonic + "}");
        Files.move(next, folder.resolve("clock"), REPLACE_EXISTING);
    }

    /** Lets a cycle begin, and waits until the reader waits again. */
    private void tick() {
        await().atMost(PATIENCE).until(() -> Files.exists(socket) && isSent());
    }

    private boolean isSent() {
        try (AFUNIXDatagramChannel sender = AFUNIXDatagramChannel.open()) {
            sender.send(ByteBuffer.wrap(new byte[1]), AFUNIXSocketAddress.of(socket));
            return true;
        } catch (IOException notBoundYet) {
            return false;
        }
    }

    /** The type and the time of each event, in the order of their numbers. */
    private List<String> events() {
        List<String> events = new ArrayList<>();
        files.rows("SELECT event_type || ' ' || substr(observed_at, 1, 19) || ' ' || excerpt FROM events"
                        + " ORDER BY event_id")
                .forEach(row -> events.add(String.valueOf(row.get(0))));
        return events;
    }

    private void awaitEvents(String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events()).containsExactly(expected));
    }

    private JsonNode reader() {
        return Answers.result(tower.call("status")).path("events_reader");
    }

    @Test
    void a_datagram_begins_a_cycle_and_the_clock_is_read_anew_each_time() throws IOException {
        time("2026-05-10T12:00:00+00:00", 1.0);
        tower.with(CLOCK, folder.resolve("clock").toString()).with(TICK, socket.toString());
        start(600);
        write("Error: one\n");
        tick();
        awaitEvents("error 2026-05-10T12:00:00 Error: one");
        time("2026-05-10T13:00:00Z", 2.0);
        write("hello\nError: two\n");
        tick();
        awaitEvents("error 2026-05-10T12:00:00 Error: one", "error 2026-05-10T13:00:00 Error: two");
        // The window of the activity is over by the clock of the test alone.
        time("2026-05-10T14:00:00.5+00:00", 100.25);
        tick();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events()).hasSize(3).anyMatch(event -> event.endsWith(" hello")));
        tower.stop();
        assertThat(socket).doesNotExist();
    }

    @Test
    void without_a_datagram_a_cycle_begins_after_its_usual_time() throws IOException {
        tower.with(CLOCK, "").with(TICK, socket.toString());
        start(0.2);
        write("Error: one\n");
        await().atMost(PATIENCE).until(() -> events().size() == 1);
    }

    @Test
    void a_broken_clock_ends_the_reader_and_nothing_else() throws IOException {
        time("2026-05-10T12:00:00+00:00", 1.0);
        tower.with(CLOCK, folder.resolve("clock").toString()).with(TICK, socket.toString());
        start(600);
        write("Error: one\n");
        tick();
        awaitEvents("error 2026-05-10T12:00:00 Error: one");
        assertThat(reader().path("running").asBoolean()).isTrue();
        Files.writeString(folder.resolve("clock"), "[]");
        write("Error: two\n");
        // The reader may be between two waits, and ends without another one.
        await().atMost(PATIENCE).until(() -> {
            boolean unused = isSent();
            return !reader().path("running").asBoolean();
        });
        assertThat(files.value("SELECT status FROM log_attachments")).isEqualTo("active");
        assertThat(events()).hasSize(1);
    }

    @Test
    void a_log_is_there_and_as_long_as_the_script_says_and_its_bytes_are_those_of_the_file() throws IOException {
        String other = log.resolveSibling("other.log").toString();
        tower.script(
                        FILES,
                        "{\"" + log + "\": {\"exists\": true, \"inode\": \"234:1234567\", \"size\": 11,"
                                + " \"mtime_iso\": \"2026-05-10T12:00:00+00:00\", \"contents\": \"other bytes\"}, \""
                                + other
                                + "\": {\"exists\": false}}")
                .with(TICK, socket.toString());
        start(600);
        write("Error: one\nError: two\n");
        tick();
        await().atMost(PATIENCE).until(() -> !events().isEmpty());
        assertThat(files.value("SELECT file_inode FROM log_offsets")).isEqualTo("234:1234567");
        assertThat(files.value("SELECT excerpt FROM events WHERE event_id = 1")).isEqualTo("Error: one");
    }

    @Test
    void a_log_that_the_script_does_not_name_is_missing() throws IOException {
        tower.script(FILES, "{}").with(TICK, socket.toString());
        start(600);
        write("Error: one\n");
        tick();
        await().atMost(PATIENCE).until(() -> "stale".equals(files.value("SELECT status FROM log_attachments")));
        assertThat(events()).isEmpty();
    }
}
