package dev.agenttower.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.Timeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A daemon of the built distribution in its own home, with tables filled for a benchmark.
 *
 * <p>The folder of the distribution is the system property {@code agenttower.distribution}.
 */
final class BenchmarkDaemon implements AutoCloseable {
    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(30));

    private final Path home;
    private final DaemonClient client;
    private final String token;

    private BenchmarkDaemon(Path home, DaemonClient client, String token) {
        this.home = home;
        this.client = client;
        this.token = token;
    }

    /** Fills the tables and starts a daemon that watches nothing. */
    static BenchmarkDaemon start(Seed seed) {
        try {
            Path home = TemporaryFolder.create().path();
            run(home, "config", "init");
            Path state = home.resolve(".local/state/opensoft/agenttower");
            Files.writeString(
                    home.resolve(".config/opensoft/agenttower/config.toml"),
                    "[host]\nenabled = false\n[discovery]\nlive = false\n");
            seed.fill(state.resolve("agenttower.sqlite3"));
            run(home, "ensure-daemon");
            DaemonClient client = new DaemonClient(state.resolve("agenttowerd.sock"));
            String token = client.call("app.hello", null, TIMEOUTS)
                    .path("app_session_token")
                    .asText();
            return new BenchmarkDaemon(home, client, token);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the daemon", e);
        }
    }

    /** The HTTP socket of the governance API. */
    Path httpSocket() {
        return state().resolve("agenttowerd-http.sock");
    }

    /** Registers a folder as a project. */
    void register(GovernedFolder folder, String name) {
        run(home, "project", "add", folder.root().toString(), "--name", name);
    }

    /** Runs the command line to its end. */
    void command(String... arguments) {
        run(home, arguments);
    }

    /** The command line with arguments, in the daemon's home, ready to start. */
    ProcessBuilder commandLine(String... arguments) {
        return commandLine(home, arguments);
    }

    /** Its resident memory, in MiB. */
    long residentMib() throws IOException {
        return Long.parseLong(procLine("status", "VmRSS:").replaceAll("[^0-9]", "")) / 1024;
    }

    /** Its peak resident memory, in MiB. */
    long peakResidentMib() throws IOException {
        return Long.parseLong(procLine("status", "VmHWM:").replaceAll("[^0-9]", "")) / 1024;
    }

    /** Its CPU time, in hundredths of a second. */
    long cpuTicks() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private String procLine(String file, String beginning) throws IOException {
        return Files.readAllLines(proc(file)).stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private Path proc(String file) throws IOException {
        String pid = Files.readString(state().resolve("agenttowerd.pid")).strip();
        return Path.of("/proc", pid, file);
    }

    private Path state() {
        return home.resolve(".local/state/opensoft/agenttower");
    }

    ObjectNode call(String method, ObjectNode params) {
        return client.call(method, params, TIMEOUTS);
    }

    /** Parameters with the session. */
    ObjectNode params() {
        return JsonNodeFactory.instance.objectNode().put("app_session_token", token);
    }

    @Override
    public void close() {
        client.close();
        run(home, "stop-daemon");
        try {
            new TemporaryFolder(home).close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + home, e);
        }
    }

    private static ProcessBuilder commandLine(Path home, String... arguments) {
        String distribution = System.getProperty("agenttower.distribution");
        if (distribution == null) {
            throw new IllegalStateException("-Dagenttower.distribution=<folder> is missing");
        }
        ProcessBuilder builder =
                new ProcessBuilder(Path.of(distribution, "bin", "agenttower").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("AGENTTOWER") || name.startsWith("XDG_"));
        builder.environment().putAll(Map.of("HOME", home.toString()));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder;
    }

    private static void run(Path home, String... arguments) {
        try {
            int exit = commandLine(home, arguments).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("agenttower " + String.join(" ", arguments) + " exited with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run agenttower", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while agenttower ran", e);
        }
    }
}
