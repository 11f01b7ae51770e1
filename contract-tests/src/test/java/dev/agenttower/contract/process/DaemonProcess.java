package dev.agenttower.contract.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.settings.TowerPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A daemon of one test: the built programs with a home folder of their own, made before the test and removed after it together with every
 * process that was started from it. The logs of a failed test are kept in {@code target/daemon-logs}.
 *
 * <pre>{@code
 * @RegisterExtension
 * final DaemonProcess tower = DaemonProcess.scripted();
 *
 * @Test
 * void answers_ping() {
 *     tower.start();
 *     assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
 * }
 * }</pre>
 *
 * <p>Registered in a static field, it is the daemon of all tests of the class, those of nested classes included.
 */
public final class DaemonProcess implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Programs programs;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();
    private Path home = Path.of("/nonexistent");
    /** How many classes, one in the other, share the daemon; 0 when each test has its own. */
    private int sharing;

    private DaemonProcess(Programs programs) {
        this.programs = programs;
    }

    /** The programs of the distribution. */
    public static DaemonProcess real() {
        return new DaemonProcess(Programs.REAL);
    }

    /** The programs of the distribution, which find no container engine. */
    public static DaemonProcess withoutEngine() {
        return real().with("DOCKER_HOST", "unix:///nonexistent/docker.sock");
    }

    /** The programs with a scripted world, every caller on the host. */
    public static DaemonProcess scripted() {
        return new DaemonProcess(Programs.SCRIPTED).with("AGENTTOWER_TEST_FORCE_HOST_PEER", "1");
    }

    /** With the optimizing compiler, for tests that try passphrases: hashing one takes seconds without it. */
    public DaemonProcess optimized() {
        return with("JAVA_HOME", System.getProperty("java.home"));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (sharing++ == 0) {
            useHome(Files.createTempDirectory(Path.of("/tmp"), "at-"));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (sharing == 0) {
            useHome(Files.createTempDirectory(Path.of("/tmp"), "at-"));
        }
    }

    /** Uses another home folder below the one of the test, such as one with a long name. */
    public DaemonProcess below(String folder) {
        useHome(home.resolve(folder));
        return this;
    }

    private void useHome(Path folder) {
        try {
            home = Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        with("HOME", home.toString());
        // The user's own tmux and containers are no business of a test.
        with("TMUX_TMPDIR", home.toString());
    }

    /** Sets an environment variable of everything that is started from now on. */
    public DaemonProcess with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Unsets an environment variable. */
    public DaemonProcess without(String name) {
        environment.remove(name);
        return this;
    }

    /** Writes a script into the home folder, and sets the variable that names it. */
    public DaemonProcess script(String variable, String json) {
        Path file = home.resolve(variable + ".json");
        try {
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with(variable, file.toString());
    }

    /** The home folder. */
    public Path home() {
        return home;
    }

    /** Where the files of this tower lie. */
    public TowerPaths paths() {
        return TowerPaths.of(Map.of("HOME", home.toString()));
    }

    /** Runs {@code agenttower} to its end, in this JVM: the start of another one takes longer than most commands. */
    public CommandResult run(String... args) {
        long startedAt = System.nanoTime();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = programs.run(
                args,
                environment(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        return new CommandResult(
                "agenttower " + String.join(" ", args),
                status,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    /** Runs {@code agenttower} to its end, as a process of its own. */
    public CommandResult runProcess(String... args) {
        return finish(launch("agenttower", args));
    }

    /** Starts one of the programs and collects its output. */
    public RunningCommand launch(String program, String... args) {
        return new RunningCommand(program + " " + String.join(" ", args), launchRaw(program, args));
    }

    /** Starts one of the programs, its output going to pipes that the caller reads. */
    public Process launchRaw(String program, String... args) {
        List<String> command = new ArrayList<>();
        command.add(programs.launcher(program).toString());
        command.addAll(List.of(args));
        return start(command);
    }

    /** Runs a shell script that finds the programs on its PATH. What is not ASCII in it reaches them whatever the locale of the tests is. */
    public CommandResult shell(String script) {
        try {
            Path file = Files.createTempFile(home, "script", ".sh");
            Files.writeString(file, "PATH=" + programs.folder() + ":$PATH\n" + script);
            Process process = start(List.of("sh", file.toString()));
            return finish(new RunningCommand(script, process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.keySet().removeIf(name -> name.startsWith("AGENTTOWER") || name.startsWith("XDG_") || name.equals("TMUX"));
        all.putAll(environment);
        return all;
    }

    /** Waits for the end of a command. */
    public CommandResult finish(RunningCommand command) {
        return command.await(PATIENCE);
    }

    /** Creates configuration and database. */
    public DaemonProcess init() {
        run("config", "init").orThrow();
        return this;
    }

    /** Creates what is missing and makes sure that a daemon runs. */
    public DaemonProcess start() {
        init();
        run("ensure-daemon").orThrow();
        return this;
    }

    /** Like {@link #start}, by a process that ends: the daemon's parent is not this JVM, whose other children would count as orphans. */
    public DaemonProcess startAsOrphan() {
        init();
        runProcess("ensure-daemon").orThrow();
        return this;
    }

    /** Stops the daemon as a user does. */
    public void stop() {
        run("stop-daemon").orThrow();
    }

    /** Ends the daemon as a crash does, and waits until it is gone. */
    public void kill() {
        ProcessHandle daemon = handle();
        daemon.destroyForcibly();
        awaitEnd(daemon);
    }

    /** The daemon, from its pid file. */
    public ProcessHandle handle() {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    /** The content of the pid file. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(paths().pidFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process that lives in the home folder of the test, whoever started it. */
    public List<ProcessHandle> processes() {
        String marker = "HOME=" + home;
        return ProcessHandle.allProcesses()
                .filter(process -> !hasEnded(process) && environmentOf(process).contains(marker))
                .toList();
    }

    private static List<String> environmentOf(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1));
        } catch (IOException e) {
            return List.of(); // gone, or another user's
        }
    }

    /** Waits until a process is gone, or a zombie that nobody has waited for yet. */
    public static void awaitEnd(ProcessHandle process) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> hasEnded(process));
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return true;
        }
    }

    /** Opens a connection to the daemon's socket. */
    public WireConnection connect() {
        try {
            return WireConnection.to(paths().socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one line and gives the answer; fails if there is none. */
    public JsonNode exchange(String line) {
        try (WireConnection connection = connect()) {
            Optional<String> answer = connection.send(line + "\n").readLine();
            return JSON.readTree(answer.orElseThrow(() -> new AssertionError("no answer to " + line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls a method without parameters and gives the whole answer. */
    public JsonNode call(String method) {
        return exchange(JSON.createObjectNode().put("method", method).toString());
    }

    /** Calls a method and gives the whole answer. */
    public JsonNode call(String method, Map<String, ?> params) {
        var request = JSON.createObjectNode().put("method", method);
        request.set("params", JSON.valueToTree(params));
        return exchange(request.toString());
    }

    /** Opens a session of a control panel; gives its token. */
    public String hello() {
        JsonNode answer =
                call("app.hello", Map.of("client_id", "test", "client_version", "1", "app_contract_version", "1.1"));
        return answer.path("result").path("app_session_token").asText();
    }

    /** Changes the database as another program might while the daemon runs. */
    public DaemonProcess sql(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + paths().database());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The daemon's log so far; empty where there is none. */
    public String log() {
        try {
            Path file = paths().daemonLog();
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokens of the lifecycle events in the log, in order. */
    public List<String> events() {
        return log().lines()
                .flatMap(line -> Stream.of(line.split("\t", -1)))
                .filter(field -> field.startsWith("event="))
                .map(field -> field.substring("event=".length()))
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
        if (context.getExecutionException().isPresent()) {
            keepLogs(context);
        }
        if (sharing == 0) {
            remove();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        if (--sharing == 0) {
            remove();
        }
    }

    private void remove() throws IOException, InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        for (ProcessHandle process : processes()) {
            process.destroyForcibly();
            awaitEnd(process);
        }
        removeTree(Path.of("/tmp").resolve(Path.of("/tmp").relativize(home).getName(0)));
    }

    /** Removes a folder with all its content, if it exists. */
    public static void removeTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void keepLogs(ExtensionContext context) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "daemon-logs"));
        String name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
        Files.writeString(folder.resolve(name + ".log"), log());
    }
}
