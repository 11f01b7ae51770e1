package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.FakeDaemon;
import dev.agenttower.contract.process.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code agenttower hook} and {@code agenttower hooks test}, with a real daemon. */
final class HookCommandsTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String PROGRAM = Programs.REAL.launcher("agenttower").toString();
    private static GovernedFolder project;

    @TempDir
    Path folder;

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
        return "{\"session_id\":\"s\",\"cwd\":\"" + project.root() + "\",\"hook_event_name\":\"PreToolUse\","
                + "\"prompt_id\":\"p\",\"tool_name\":\"Write\",\"tool_input\":{\"file_path\":\"" + path
                + "\",\"content\":\"x\"}}";
    }

    private Ended run(Path directory, String input, String... args) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Files.writeString(folder.resolve("in"), input).toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> variables = builder.environment();
        variables
                .keySet()
                .removeIf(name -> name.startsWith("XDG_") || name.startsWith("ADT_") || name.startsWith("CLAUDE"));
        variables.putAll(Map.of("HOME", home.toString(), "ADT_ROLE", "Developer", "ADT_SPEC_ID", "SPEC-001"));
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(out), Files.readString(err));
    }

    private Ended hook(String input, String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("hook", "claude"));
        all.addAll(List.of(args));
        return run(project.root(), input, all.toArray(new String[0]));
    }

    private static void isDenied(Ended ended, String reason) {
        assertThat(ended.err()).contains(reason);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(2);
    }

    private Path socketInNewHome() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        return Files.createDirectories(home.resolve(".local/state/opensoft/agenttower"))
                .resolve("agenttowerd-http.sock");
    }

    private static int proposals() {
        return project.get("/api/governance/sovereign-requests")
                .has(200)
                .json()
                .path("requests")
                .size();
    }

    @Test
    void the_hook_takes_the_event_from_its_argument_or_its_input() throws IOException, InterruptedException {
        assertThat(hook(write("src/a"))).isEqualTo(new Ended(0, "", ""));
        isDenied(hook(write("docs/a")), "DTTP denied edit on docs/a");
        isDenied(hook(write("docs/a").replace("PreToolUse", "Stop"), "PreToolUse"), "DTTP denied edit on docs/a");
        isDenied(hook(write("config/specs.json")), "Change request scr_");
    }

    @Test
    void elsewhere_the_hook_says_nothing() throws IOException, InterruptedException {
        assertThat(run(folder, write("/etc/passwd"), "hook", "claude")).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void without_an_answer_calls_are_denied_and_other_events_are_not() throws IOException, InterruptedException {
        Path socket = socketInNewHome();
        isDenied(hook(write("src/a")), "AgentTower's daemon is not running");
        assertThat(hook("{\"hook_event_name\":\"Stop\"}")).isEqualTo(new Ended(0, "", ""));
        isDenied(hook("garbage"), "cannot read its input");
        try (FakeDaemon daemon = new FakeDaemon(socket, "HTTP/1.1 500 Sorry\r\nContent-Length: 0\r\n\r\n")) {
            isDenied(hook(write("src/a")), "the call was denied, because it cannot be judged");
            assertThat(hook("garbage", "Stop")).isEqualTo(new Ended(0, "", ""));
            assertThat(daemon).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"hook_event_name\":\"PreToolUse\"}"})
    void input_that_cannot_be_used_denies_the_call(String input) throws IOException, InterruptedException {
        assertThat(hook(input).status()).isEqualTo(2);
    }

    @Test
    void a_client_that_never_called_is_silent_until_it_calls() throws IOException, InterruptedException {
        assertThat(run(project.root(), "", "hooks", "install", "claude", "--user")
                        .status())
                .isZero();
        Path client = Files.createDirectories(folder.resolve("bin")).resolve("claude");
        Files.writeString(
                client,
                "#!/bin/sh\nread go\nCLAUDE_PID=$$ HOME=" + tower.home() + " " + PROGRAM + "-hook claude SessionStart <"
                        + folder.resolve("start") + "\necho called\nread go\n");
        assertThat(client.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                folder.resolve("start"),
                "{\"session_id\":\"s\",\"hook_event_name\":\"SessionStart\",\"source\":\"startup\"}");
        Process running = new ProcessBuilder(client.toString())
                .directory(project.root().toFile())
                .start();
        try (BufferedReader said = running.inputReader();
                Writer typed = running.outputWriter()) {
            Ended silent = run(project.root(), "", "hooks", "status", "--user");
            assertThat(silent.out())
                    .startsWith("claude\tsilent\t")
                    .contains("\tlast call: ", "\tprocess " + running.pid() + ", which was started at ");
            assertThat(silent.status()).isEqualTo(3);

            typed.write("go\n");
            typed.flush();
            assertThat(said.readLine()).isEqualTo("called");
            Ended heard = run(project.root(), "", "hooks", "status", "--user");
            assertThat(heard.out()).startsWith("claude\tinstalled\t").contains("(SessionStart)");
            assertThat(heard.status()).isZero();
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void a_question_tells_the_verdict_and_leaves_no_trace() throws IOException, InterruptedException {
        int proposals = proposals();
        int events = project.events().size();
        String figures = project.get("/api/dttp/status")
                .has(200)
                .json()
                .path("total_requests")
                .toString();

        Ended denied = run(project.root(), write("_cortex/MASTER_PLAN.md"), "hooks", "test", "-");
        assertThat(denied.err()).isEmpty();
        assertThat(denied.out())
                .startsWith("verdict\tdenied\nevent\tclaude\tPreToolUse\tWrite\n"
                        + "path\tedit\t_cortex/MASTER_PLAN.md\tsovereign_path_violation\n"
                        + "prints\tSOVEREIGN PATH VIOLATION: _cortex/MASTER_PLAN.md is protected. Change request scr_");
        assertThat(denied.status()).isEqualTo(3);

        Ended outside = run(project.root(), write("docs/a"), "hooks", "test", "-", "--json");
        assertThat(outside.out())
                .contains("\"client\": \"claude\"", "\"exit_status\": 2", "\"path\": \"docs/a\"")
                .contains("Path docs/a is outside the jurisdiction of role Developer");
        assertThat(run(project.root(), write("src/a"), "hooks", "test", "-"))
                .isEqualTo(new Ended(
                        0, "verdict\tno opinion\nevent\tclaude\tPreToolUse\tWrite\npath\tedit\tsrc/a\tallowed\n", ""));

        assertThat(proposals()).isEqualTo(proposals);
        assertThat(project.events()).hasSize(events);
        assertThat(project.get("/api/dttp/status").has(200).json().path("total_requests"))
                .hasToString(figures);
    }

    @Test
    void what_cannot_be_asked_is_an_error() throws IOException, InterruptedException {
        assertThat(run(project.root(), "{", "hooks", "test", "-"))
                .isEqualTo(new Ended(1, "", "error: cannot use -: it is no JSON object\n"));
        assertThat(run(project.root(), "", "hooks", "test", "missing").err()).startsWith("error: cannot use missing: ");
        assertThat(run(project.root(), "{}", "hooks", "test", "-").err()).contains("it has no hook_event_name");
        String bare = "{\"hook_event_name\":\"PreToolUse\"}";
        assertThat(run(project.root(), bare, "hooks", "test", "-").err())
                .contains("it does not show which client wrote it; name it with --client (claude, gemini, codex)");
        assertThat(run(project.root(), bare, "hooks", "test", "-", "--client", "emacs")
                        .status())
                .isEqualTo(2);
        assertThat(run(project.root(), bare, "hooks", "test", "-", "--client", "codex")
                        .out())
                .startsWith("verdict\tdenied\n");
        socketInNewHome();
        assertThat(run(project.root(), write("src/a"), "hooks", "test", "-").err())
                .contains("daemon is not running");
    }

    @Test
    void an_agent_is_told_of_a_decision_that_was_made_before_a_restart() throws IOException, InterruptedException {
        Ended denied = hook(write("_cortex/MASTER_PLAN.md").replace("\"s\"", "\"mine\""));
        String id = denied.err().replaceAll("(?s).*(scr_\\d+_\\d+_\\d+).*", "$1");
        tower.stop();
        tower.startAsOrphan();
        project.put("/api/governance/sovereign-requests/" + id, "{'action':'reject','reason':'later'}")
                .has(200);
        tower.stop();
        tower.startAsOrphan();
        assertThat(hook(write("src/a"))).isEqualTo(new Ended(0, "", ""));
        String mine = write("src/a").replace("\"s\"", "\"mine\"");
        assertThat(hook(mine).out()).contains(id + " of _cortex/MASTER_PLAN.md was rejected by a person: later.");
        assertThat(hook(mine)).isEqualTo(new Ended(0, "", ""));
    }
}
