package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shell that reads its commands from a pipe with a name, so that it can be asked wherever it was started and whatever became of what started it.
 * It outlives the terminal it was started in. Not thread-safe.
 */
final class ListeningShell {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** With a second argument it waits until it is an orphan. */
    private static final String SCRIPT = """
            trap '' HUP
            tries=0
            while [ -n "$2" ] && [ $tries -lt 2000 ]; do
              read -r stat </proc/$$/stat
              stat=${stat##*) ? }
              [ "${stat%% *}" = "$PPID" ] && [ "$PPID" != 1 ] && kill -0 "$PPID" 2>/dev/null || break
              tries=$((tries + 1))
            done
            mkfifo "$1"
            exec 3<>"$1"
            echo $$ >"$1.part" && mv "$1.part" "$1.pid"
            while read -r line <&3; do eval "$line"; done
            """;

    private final Path pipe;
    private final AtomicInteger answers = new AtomicInteger();

    private ListeningShell(Path pipe) {
        this.pipe = pipe;
    }

    /** A shell of this name in a folder, which {@link #command} will start. */
    static ListeningShell named(Path folder, String name) {
        try {
            Path script = folder.resolve("listen.sh");
            if (!Files.exists(script)) { // one that is being written may be read by a shell that starts
                Files.writeString(script, SCRIPT);
            }
            return new ListeningShell(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that starts it. */
    String command() {
        return "sh " + pipe.resolveSibling("listen.sh") + " " + pipe;
    }

    /** The same, which waits until whatever started it has ended. */
    String commandOfOrphan() {
        return command() + " orphan";
    }

    /** Its process, as soon as it listens. */
    long pid() {
        Path file = pipe.resolveSibling(pipe.getFileName() + ".pid");
        await().alias(pipe.toString())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(file));
        return Long.parseLong(read(file).strip());
    }

    /** Has it run a line and does not wait. */
    void run(String line) {
        assertThat(ProcessHandle.of(pid())).as("%s", pipe).isPresent();
        // Opened for reading too, because that never waits for a reader.
        try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it run a command, and gives where its output will be. */
    Answer ask(String command) {
        Path file = pipe.resolveSibling(pipe.getFileName() + "." + answers.incrementAndGet());
        run(command + " >" + file + ".part 2>/dev/null </dev/null; mv " + file + ".part " + file);
        return () -> {
            await().alias(file.toString())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Files.exists(file));
            return read(file);
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command prints. */
    interface Answer {
        /** Waits until the command has ended. */
        String text();
    }
}
