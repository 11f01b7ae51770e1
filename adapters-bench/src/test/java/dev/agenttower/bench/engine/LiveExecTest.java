package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.container.ContainerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation with a program in a container; the engine is scripted. */
final class LiveExecTest {
    private static final String UPGRADED =
            "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\n\r\n";

    private final List<@Nullable String> read = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayRead = new CountDownLatch(1);

    @TempDir
    private Path folder;

    private ScriptedEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new ScriptedEngine(folder.resolve("e.sock")).reply("/containers/c/exec", 201, "{\"Id\":\"e\"}");
        client = new EngineClient(EngineAddress.of(engine.socket()));
    }

    @AfterEach
    void stop() throws IOException {
        mayRead.countDown();
        client.close();
        engine.close();
    }

    @Test
    void both_sides_talk_at_once() throws IOException {
        engine.converse("/exec/e/start", (in, out) -> {
            BufferedReader lines = begin(in, out);
            print(out, "hel");
            print(out, "lo\nyou\n");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                print(out, "got " + line + "\n");
            }
        });
        try (LiveExec exec = open()) {
            assertThat(exec.readLines()).isEmpty();
            assertThat(exec.readLines()).containsExactly("hello", "you");

            exec.send("look");
            assertThat(exec.readLines()).containsExactly("got look");

            exec.send("again");
            assertThat(exec.readLines()).containsExactly("got again");
        }
    }

    @Test
    void the_end_of_the_program_is_told_and_what_is_sent_then_is_dropped() throws IOException {
        engine.converse("/exec/e/start", (in, out) -> {
            begin(in, out);
            print(out, "bye\n");
        });
        try (LiveExec exec = open()) {
            assertThat(exec.readLines()).containsExactly("bye");
            assertThat(exec.readLines()).isNull();

            exec.send("late");
            exec.send("later");
        }
    }

    @Test
    void a_program_that_does_not_read_holds_nobody_up_and_gets_whole_lines_later() throws IOException {
        engine.converse("/exec/e/start", (in, out) -> {
            BufferedReader lines = begin(in, out);
            hold();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(line);
            }
            read.add(null);
        });
        String line = "x".repeat(5000);
        LiveExec exec = open();
        try (exec) {
            for (int count = 0; count < 1000; count++) {
                exec.send(line);
            }
            mayRead.countDown();
            await().untilAsserted(() -> assertThat(read).isNotEmpty());
            await().until(() -> {
                exec.send("last");
                return read.contains("last");
            });
        }
        await().untilAsserted(() -> assertThat(read).endsWith((String) null));
        assertThat(read)
                .filteredOn(text -> text != null)
                .allMatch(text -> text.equals(line) || text.equals("last"))
                .hasSizeLessThan(900);
    }

    @Test
    void a_closed_conversation_ends_the_input_of_the_program_and_drops_what_is_sent() throws IOException {
        engine.converse("/exec/e/start", (in, out) -> read.add(begin(in, out).readLine()));
        LiveExec exec = open();

        exec.close();
        exec.close();
        exec.send("late");

        await().untilAsserted(() -> assertThat(read).containsExactly((String) null));
        assertThatThrownBy(exec::readLines).isInstanceOf(IOException.class);
    }

    private LiveExec open() {
        var command = new ExecCommand(new ContainerId("c"), "dev", List.of("sh"));
        return new Execs(client).open(command, Deadline.in(Duration.ofSeconds(20)));
    }

    private static BufferedReader begin(InputStream in, OutputStream out) throws IOException {
        assertThat(in.readNBytes("{\"Detach\":false,\"Tty\":false}".length())).isNotEmpty();
        out.write(UPGRADED.getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static void print(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8).put((byte) 1).putInt(4, bytes.length).array());
        out.write(bytes);
        out.flush();
    }

    private void hold() {
        try {
            mayRead.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
