package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.FakeDaemon;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that clients run as a hook, with a real daemon, none, and faulty ones. */
final class HookScriptTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String HOOK = Programs.REAL.launcher("agenttower-hook").toString();
    private static GovernedFolder project;

    @TempDir
    Path folder;

    private final List<String> environment = new ArrayList<>();
    private Path home;

    @BeforeAll
    static void start() {
        tower.startAsOrphan();
        project = GovernedFolder.create(tower);
    }

    @BeforeEach
    void use_the_daemon() {
        home = tower.home();
    }

    private record Ended(int status, String out, String err) {}

    private static String write(String path) {
        return "{\"session_id\":\"s\",\"cwd\":\"" + project.root() + "\",\"tool_name\":\"Write\",\"tool_input\":"
                + "{\"file_path\":\"" + path + "\",\"content\":\"x\"}}";
    }

    /** Runs the hook as a client does: by a shell that waits for it. */
    private Ended hook(Path directory, String input, String... call) throws IOException, InterruptedException {
        Path given = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\"; exit $?", "sh", HOOK));
        command.addAll(List.of(call));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(given.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> variables = builder.environment();
        variables
                .keySet()
                .removeIf(name -> name.startsWith("XDG_") || name.startsWith("ADT_") || name.startsWith("CLAUDE"));
        variables.putAll(Map.of("HOME", home.toString(), "ADT_ROLE", "Developer", "ADT_SPEC_ID", "SPEC-001"));
        environment.forEach(setting -> variables.put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
    }

    private Ended hook(String input) throws IOException, InterruptedException {
        return hook(project.root(), input, "claude", "PreToolUse");
    }

    private Path socketInNewHome() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        Path state = Files.createDirectories(home.resolve(".local/state/opensoft/agenttower"));
        return state.resolve("agenttowerd-http.sock");
    }

    private static void isDenied(Ended ended, String reason) {
        assertThat(ended.err()).contains(reason);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(2);
    }

    @Test
    void a_call_within_the_jurisdiction_gets_no_opinion() throws IOException, InterruptedException {
        assertThat(hook(write(project.root() + "/src/a"))).isEqualTo(new Ended(0, "", ""));
        assertThat(hook(Files.createDirectories(project.path("src/b c")), write("src/ä b"), "claude", "PreToolUse"))
                .isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void a_change_of_a_sovereign_file_is_denied_and_filed() throws IOException, InterruptedException {
        Ended ended = hook(write(project.root() + "/config/specs.json"));
        isDenied(ended, "SOVEREIGN PATH VIOLATION: config/specs.json is protected. Change request scr_");
        assertThat(project.get("/api/governance/sovereign-requests?target_path=config/specs.json")
                        .has(200)
                        .json()
                        .path("requests"))
                .hasSize(1);
    }

    @Test
    void elsewhere_nothing_is_said_whatever_the_daemon_does() throws IOException, InterruptedException {
        assertThat(hook(folder, write("/etc/passwd"), "claude", "PreToolUse")).isEqualTo(new Ended(0, "", ""));
        socketInNewHome();
        assertThat(hook(folder, "garbage", "claude", "PreToolUse")).isEqualTo(new Ended(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude Stop", "claude PermissionRequest", "gemini AfterAgent", "codex UserPromptSubmit"})
    void other_events_deny_nothing_and_say_nothing_whatever_the_daemon_does(String call)
            throws IOException, InterruptedException {
        String[] words = call.split(" ");
        assertThat(hook(project.root(), "garbage", words)).isEqualTo(new Ended(0, "", ""));
        Path socket = socketInNewHome();
        assertThat(hook(project.root(), "{}", words)).isEqualTo(new Ended(0, "", ""));
        try (FakeDaemon daemon = new FakeDaemon(socket, "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")) {
            assertThat(hook(project.root(), "{}", words)).isEqualTo(new Ended(0, "", ""));
            assertThat(hook(folder, write("/etc/passwd"), "claude", "PreToolUse"))
                    .isEqualTo(new Ended(0, "", ""));
            assertThat(daemon).isNotNull();
        }
        environment.add("PATH=/nonexistent");
        assertThat(hook(project.root(), "{}", words)).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void without_a_daemon_calls_are_denied() throws IOException, InterruptedException {
        Path socket = socketInNewHome();
        Ended ended = hook(write("src/a"));
        isDenied(ended, "AgentTower's daemon is not running");
        assertThat(ended.err()).contains(project.root() + " is governed", "agenttower ensure-daemon");
        new FakeDaemon(socket, "").close();
        isDenied(hook(write("src/a")), "AgentTower's daemon did not answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{\"ok\":true}",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n",
                "HTTP/1.1 500 Sorry\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 None\r\n\r\n",
                "HTTP/1.1 302 F\r\nContent-Length: 0\r\n\r\n"
            })
    void a_faulty_daemon_denies_calls(String answer) throws IOException, InterruptedException {
        try (FakeDaemon daemon = new FakeDaemon(socketInNewHome(), answer)) {
            isDenied(hook(write("src/a")), "the call was denied, because it cannot be judged");
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void a_daemon_that_hangs_denies_calls() throws IOException, InterruptedException {
        try (ServerSocketChannel hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hung.bind(UnixDomainSocketAddress.of(socketInNewHome()));
            isDenied(hook(write("src/a")), "the call was denied, because it cannot be judged");
        }
    }

    @Test
    void without_curl_calls_are_denied() throws IOException, InterruptedException {
        environment.add("PATH=/nonexistent");
        isDenied(hook(write("src/a")), "AgentTower's hook needs curl, which is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"tool_name\":\"Write\"}", "{\"tool_name\":\"Write\",\"tool_input\":{}}"})
    void input_that_cannot_be_read_denies_the_call(String input) throws IOException, InterruptedException {
        assertThat(hook(input).status()).isEqualTo(2);
    }

    @Test
    void a_closed_input_denies_the_call() throws IOException, InterruptedException {
        Process hook = new ProcessBuilder("/bin/sh", "-c", "\"$1\" claude PreToolUse <&-; exit $?", "sh", HOOK)
                .directory(project.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(hook.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(hook.exitValue()).isEqualTo(2);
    }

    @Test
    void a_link_to_a_governed_folder_hides_nothing() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectories(project.path("src/deep")));
        environment.add("PWD=" + link);
        isDenied(hook(link, write(project.root() + "/docs/a"), "claude", "PreToolUse"), "DTTP denied edit on docs/a");
    }

    @Test
    void a_working_folder_that_was_removed_denies_the_call() throws IOException, InterruptedException {
        Path gone = Files.createDirectories(project.path("src/gone"));
        Process hook = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "rmdir \"$2\"; \"$1\" claude PreToolUse </dev/null; exit $?",
                        "sh",
                        HOOK,
                        gone.toString())
                .directory(gone.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(hook.inputReader().lines()).anyMatch(line -> line.contains("the working folder was removed"));
        assertThat(hook.waitFor()).isEqualTo(2);
    }

    @Test
    void settings_of_curl_do_not_matter() throws IOException, InterruptedException {
        environment.add("http_proxy=http://127.0.0.1:9");
        environment.add("CURL_HOME=" + folder);
        Files.writeString(folder.resolve(".curlrc"), "silent\noutput = /dev/null\n");
        assertThat(hook(write("src/a"))).isEqualTo(new Ended(0, "", ""));
        isDenied(hook(write("docs/a")), "DTTP denied edit on docs/a");
    }

    @Test
    void what_runs_below_a_client_is_no_human() {
        String decision = project.at("/api/governance/sovereign-requests/"
                + project.post(
                                "/api/governance/sovereign-requests",
                                "{'agent':'CLAUDE','role':'Developer','target_path':'_cortex/MASTER_PLAN.md',"
                                        + "'change_type':'append','content':'more'}")
                        .has(201)
                        .text("scr_id"));
        try (AgentShell client = AgentShell.startIn(project.root(), tower, "sh")) {
            assertThat(client.identity(project).path("human")).hasToString("true");
            String call = "echo '" + write("src/a") + "' | HOME=" + home + " ";
            client.run(call + HOOK + " gemini PreToolUse");
            assertThat(client.identity(project).path("human")).hasToString("true");
            client.run(call + "CLAUDE_PID=$$ " + HOOK + " claude PreToolUse");
            client.put(decision, "{'action':'authorize'}").has(403);
            assertThat(client.identity(project).path("human_reason")).hasToString("\"agent_process\"");
        }
    }
}
