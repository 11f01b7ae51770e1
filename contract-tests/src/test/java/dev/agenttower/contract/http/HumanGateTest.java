package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is taken for a human, with real processes. */
@Timeout(180)
final class HumanGateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Path project;
    private String changeId;

    @BeforeEach
    void start_with_a_pending_change() throws Exception {
        tower.start();
        project = Files.createDirectory(tower.home().resolve("demo"));
        assertThat(plain("POST", "/api/projects/init", "{\"path\":\"" + project + "\"}")
                        .path("status")
                        .asText())
                .isEqualTo("success");
        changeId = plain(
                        "POST",
                        "/api/governance/sovereign-requests",
                        "{\"agent\":\"CLAUDE\",\"role\":\"Developer\",\"target_path\":\"_cortex/MASTER_PLAN.md\","
                                + "\"change_type\":\"append\",\"content\":\"more\\n\"}")
                .path("scr_id")
                .asText();
    }

    private List<String> curl(String method, String path, String body, String... headers) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-s",
                "-m",
                "20",
                "--unix-socket",
                tower.paths().httpSocket().toString(),
                "-X",
                method,
                "-H",
                "Content-Type: application/json",
                "-d",
                body));
        for (String header : headers) {
            command.add("-H");
            command.add(header);
        }
        command.add("http://tower" + path);
        return command;
    }

    private static JsonNode run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return JSON.readTree(output);
    }

    private JsonNode plain(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return run(curl(method, path, body, headers));
    }

    private String decision() {
        return "/api/governance/sovereign-requests/" + changeId;
    }

    @Test
    void a_plain_shell_of_the_user_is_a_human() throws Exception {
        assertThat(plain("PUT", decision(), "{\"action\":\"authorize\"}")
                        .path("new_status")
                        .asText())
                .isEqualTo("authorized");
        assertThat(project.resolve("_cortex/MASTER_PLAN.md")).content().endsWith("more\n");
    }

    @Test
    void who_names_an_agent_is_none() throws Exception {
        assertThat(plain("PUT", decision(), "{\"action\":\"authorize\"}", "X-Agent: CLAUDE"))
                .hasToString("{\"error\":\"Only humans can manage SCRs\"}");
    }

    @Test
    @Tag("tmux")
    void a_process_below_the_pane_of_a_registered_agent_is_none_and_neither_is_what_it_cuts_loose() throws Exception {
        assumeThat(isInstalled("tmux")).as("tmux").isTrue();
        tmux("new-session", "-d", "-s", "bench", "-x", "200", "-y", "50", "sh");
        try {
            JsonNode before = fromPane("first", "");
            assertThat(before.path("human").asBoolean()).as("%s", before).isTrue();
            registerTheOnlyPane();
            assertThat(fromPane("second", "").path("human_reason").asText()).isEqualTo("agent_process");
            assertThat(fromPane("third", "(sh -c 'sleep 0.2; %s' &) ")
                            .path("human_reason")
                            .asText())
                    .isEqualTo("agent_process");
        } finally {
            tmux("kill-server");
        }
    }

    /** Whom the daemon takes a process in the pane for. */
    private JsonNode fromPane(String name, String wrapper) throws Exception {
        Path answer = tower.home().resolve(name + ".json");
        Path script = tower.home().resolve(name + ".sh");
        String curl = "curl -s --unix-socket '" + tower.paths().httpSocket()
                + "' http://tower/api/governance/identity?project=demo > " + answer + ".part && mv " + answer + ".part "
                + answer;
        Files.writeString(script, curl + "\n");
        String command = "sh " + script;
        tmux("send-keys", "-t", "bench", wrapper.isEmpty() ? command : wrapper.formatted(command), "Enter");
        await().atMost(PATIENCE).until(() -> Files.exists(answer));
        return JSON.readTree(answer.toFile());
    }

    private void registerTheOnlyPane() {
        await().atMost(PATIENCE).until(() -> {
            tower.call("scan_containers");
            tower.call("scan_panes");
            return tower.call("list_panes").path("result").path("panes").size() == 1;
        });
        String session = tower.hello();
        JsonNode panes = tower.call("app.pane.list", Map.of("app_session_token", session));
        JsonNode pane = panes.path("result").path("rows").path(0);
        Map<String, Object> wish = new LinkedHashMap<>();
        for (String field : List.of("container_id", "tmux_socket", "session_name", "pane_id")) {
            wish.put(field, pane.path(field).asText());
        }
        wish.put("window_index", 0);
        wish.put("pane_index", 0);
        wish.put("app_session_token", session);
        wish.put("role", "slave");
        wish.put("capability", "claude");
        wish.put("label", "one");
        JsonNode adopted = tower.call("app.agent.register_from_pane", wish);
        assertThat(adopted.path("ok").asBoolean())
                .as("%s of %s", adopted, panes)
                .isTrue();
    }

    private void tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMUX_TMPDIR", tower.home().toString());
        builder.environment().remove("TMUX");
        builder.directory(tower.home().toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        assertThat(builder.start().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void a_process_below_one_that_a_session_was_bound_to_is_none_even_after_the_session_and_a_restart()
            throws Exception {
        String curl = "curl -s --unix-socket '" + tower.paths().httpSocket() + "' ";
        Path body = tower.home().resolve("body.json");
        String post = curl + "-H 'Content-Type: application/json' -d @" + body + " http://tower/api/sessions/";
        Process agent = new ProcessBuilder("sh").redirectErrorStream(true).start();
        Files.writeString(
                body,
                "{\"agent\":\"CLAUDE\",\"role\":\"Developer\",\"spec_id\":\"SPEC-001\",\"session_id\":\"one\","
                        + "\"force\":true,\"pid\":" + agent.pid() + "}");
        try (var in = agent.outputWriter();
                var out = agent.inputReader()) {
            in.write(post + "start; " + post + "end; " + curl + "http://tower/api/governance/identity\n");
            in.flush();
            JsonNode identity = JSON.readTree(nextJson(out));
            assertThat(identity.path("role_source").asText()).isEqualTo("active_role_file");
            assertThat(identity.path("human_reason").asText())
                    .as("%s", identity)
                    .isEqualTo("agent_process");
            tower.stop();
            tower.start();
            in.write(curl + "http://tower/api/governance/identity\n");
            in.flush();
            assertThat(JSON.readTree(nextJson(out)).path("human_reason").asText())
                    .isEqualTo("agent_process");
            assertThat(plain("PUT", decision(), "{\"action\":\"reject\"}")
                            .path("new_status")
                            .asText())
                    .isEqualTo("rejected");
        } finally {
            agent.destroyForcibly().waitFor();
        }
    }

    private static String nextJson(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.contains("human_reason")) {
            line = out.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void the_passphrase_is_asked_for_where_one_is_set() throws Exception {
        PassphraseHash hash = PassphraseHash.create("open sesame".toCharArray(), new SecureRandom());
        Files.writeString(tower.paths().operatorPassphrase(), JsonForm.pretty(hash.fields()));
        String reject = "{\"action\":\"reject\"}";
        assertThat(plain("PUT", decision(), reject).path("reason").asText()).isEqualTo("passphrase_required");
        assertThat(plain("PUT", decision(), reject, "X-Operator-Passphrase: no")
                        .path("reason")
                        .asText())
                .isEqualTo("passphrase_wrong");
        assertThat(plain("PUT", decision(), reject, "X-Operator-Passphrase: open%20sesame")
                        .path("new_status")
                        .asText())
                .isEqualTo("rejected");
    }

    @Test
    void a_process_of_another_user_does_not_even_get_in() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("root, to be able to become another user")
                .isEqualTo("root");
        assumeThat(isInstalled("setpriv")).as("setpriv").isTrue();
        openTo(tower.home());
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"));
        List<String> curl = curl("PUT", decision(), "{\"action\":\"reject\"}");
        command.addAll(curl);
        assertThat(run(command).path("error").asText()).isEqualTo("This socket belongs to another user");
    }

    /** Opens folders and socket, which otherwise keep others out before the daemon does. */
    private void openTo(Path home) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("chmod", "-R", "a+rwX", home.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    @Tag("docker")
    void a_process_with_another_root_is_not_on_the_host() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("root, to be able to make a namespace")
                .isEqualTo("root");
        List<String> unshared = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork"));
        assumeThat(new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "true")
                        .start()
                        .waitFor())
                .as("unshare")
                .isZero();
        unshared.addAll(curl("PUT", decision(), "{\"action\":\"reject\"}"));
        JsonNode answer = run(unshared);
        assumeThat(answer.path("new_status").asText())
                .as("the machine bears the signs of a container, so that place counts")
                .isEmpty();
        assertThat(answer.path("reason").asText()).isEqualTo("not_on_host");
    }
}
