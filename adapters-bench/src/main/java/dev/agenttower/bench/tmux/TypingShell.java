package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shell that stays and runs tmux with one input after another: to start a program in a container through the engine takes much longer than
 * tmux itself.
 *
 * <p>A request is the size of the input, the arguments of tmux, one a line, and an empty line. The shell answers with a line that is a random
 * token, and waits for a line of assent and the input: a container that was paused, or an engine that hung, passes on what was sent long
 * after it was given up, and nothing of that may be typed. The shell reads the lines byte by byte and leaves the input to {@code head}, so it
 * sees no byte of it. {@code head} may read more than the input, so a request must not follow before the answer: the output of tmux, then the
 * token. The shell captures the output, because tmux passes its output descriptor to the server.
 *
 * <p>Used by one thread at a time. After an exception it must be killed.
 */
final class TypingShell {
    private static final String SCRIPT = """
            : agenttower types prompts
            token=$1
            command -v head >/dev/null || exit 1
            echo "$token $$"
            while IFS= read -r size; do
              set --
              while IFS= read -r word && [ "$word" ]; do set -- "$@" "$word"; done
              echo "$token"
              IFS= read -r go && [ "$go" ] || exit
              answer=$(head -c "$size" | tmux "$@" 2>&1)
              printf '%s\\n%s\\n' "$answer" "$token"
            done
            """;

    private static final byte[] ASSENT = "go\n".getBytes(StandardCharsets.US_ASCII);

    private final ShellChannel channel;
    private final String token;
    private long process;

    /** A shell that runs {@link #command}. */
    TypingShell(ShellChannel channel, String token) {
        this.channel = channel;
        this.token = token;
    }

    /** The shell and its arguments; {@code token} is random letters and digits. */
    static List<String> command(String token) {
        return List.of("sh", "-c", SCRIPT, "sh", token);
    }

    /** Waits until the shell can be used. */
    void awaitReady(Deadline deadline) throws IOException {
        String ready = readUntil(token + " ", deadline).marked();
        process = Long.parseLong(ready.substring(ready.lastIndexOf(' ') + 1));
    }

    /**
     * Runs tmux and returns its output and error text.
     *
     * @param arguments must not be empty texts nor hold line feeds
     */
    String run(List<String> arguments, byte[] input, Deadline deadline) throws IOException {
        String request = input.length + "\n" + String.join("\n", arguments) + "\n\n";
        channel.send(request.getBytes(StandardCharsets.UTF_8), deadline);
        readUntil(token, deadline);
        // Sent at once, so that this process cannot end in the middle of an input.
        ByteBuffer assent = ByteBuffer.allocate(ASSENT.length + input.length);
        channel.send(assent.put(ASSENT).put(input).array(), deadline);
        return String.join("\n", readUntil(token, deadline).before());
    }

    private Answer readUntil(String mark, Deadline deadline) throws IOException {
        List<String> before = new ArrayList<>();
        while (true) {
            @Nullable List<String> lines = channel.readLines(deadline);
            if (lines == null) {
                throw new EOFException("the shell ended: " + String.join("\n", before));
            }
            for (String line : lines) {
                if (line.startsWith(mark)) {
                    return new Answer(before, line);
                }
                before.add(line);
            }
        }
    }

    /** Whether another request can be sent, as far as that is known without waiting. */
    boolean isUsable() {
        return !channel.hasEnded();
    }

    /** Ends the shell when it has nothing to do. */
    void close() {
        channel.close();
    }

    /** Ends the shell and what it runs at once, so that nothing is typed any more. */
    void kill() {
        channel.kill(process);
    }

    private record Answer(List<String> before, String marked) {}
}
