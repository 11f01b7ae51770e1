package dev.agenttower.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A shell of its own that calls the daemon as agents' hooks do, by curl. Everything it calls is one line on its input, so it runs no program but
 * these. Not thread-safe.
 */
final class AgentShell implements AutoCloseable {
    private static final String END = "-- end of the answer --";

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final Path socket;
    private final Path body;

    private AgentShell(Process process, DaemonProcess tower) throws IOException {
        this.process = process;
        this.in = process.outputWriter();
        this.out = process.inputReader();
        this.socket = tower.paths().httpSocket();
        this.body = Files.createTempFile(tower.home(), "body", ".json");
    }

    /** Starts a shell in the home folder of a daemon; the command is such as {@code sh} and must read lines as a shell does. */
    static AgentShell start(DaemonProcess tower, String... command) {
        return startIn(tower.home(), tower, command);
    }

    /** Starts a shell in a folder. */
    static AgentShell startIn(Path folder, DaemonProcess tower, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().remove("TMUX");
            builder.environment().remove("TMUX_PANE");
            return new AgentShell(builder.start(), tower);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of the shell. */
    long pid() {
        return process.pid();
    }

    Reply get(String target) {
        return call("GET", target, "");
    }

    Reply post(String target, String json) {
        return call("POST", target, json);
    }

    Reply put(String target, String json) {
        return call("PUT", target, json);
    }

    /** Calls the daemon from a process below the shell. */
    Reply call(String method, String target, String json) {
        return callBy("%s", method, target, json);
    }

    /** Calls the daemon; {@code wrapper} has a {@code %s} for the command that does. */
    Reply callBy(String wrapper, String method, String target, String json) {
        try {
            Files.writeString(body, TowerHttp.quoted(json));
            String curl = "curl -s -m 20 --unix-socket " + socket + " -X " + method
                    + (json.isEmpty() ? "" : " -H Content-Type:application/json --data-binary @" + body)
                    + " -w %{http_code} \"http://tower" + target + "\"";
            List<String> lines = run(wrapper.formatted(curl)).lines().toList();
            return new Reply(Integer.parseInt(lines.get(lines.size() - 1)), Map.of(), lines.get(0) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whom the daemon takes a process below the shell for. */
    JsonNode identity(GovernedFolder project) {
        return get(project.at("/api/governance/identity")).has(200).json();
    }

    /** Runs a line and gives what it printed. */
    String run(String line) {
        try {
            in.write(line + "; echo; echo '" + END + "'\n");
            in.flush();
            StringBuilder printed = new StringBuilder();
            for (String next = out.readLine(); !END.equals(next); next = out.readLine()) {
                if (next == null) {
                    throw new AssertionError("the shell ended after: " + printed);
                }
                if (!next.isEmpty()) {
                    printed.append(next).append('\n');
                }
            }
            return printed.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the shell does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
