package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.bench.BenchLab;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken for a human, with real processes, a real tmux, a real container and a real other user. */
final class HumanGateTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine().optimized();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SCR = "/api/governance/sovereign-requests";
    private static final String AUTHORIZE = "{'action':'authorize'}";
    private static final String REJECT = "{'action':'reject'}";

    private GovernedFolder project;
    private String decision;

    @BeforeAll
    static void start() {
        tower.startAsOrphan();
    }

    @BeforeEach
    void propose() {
        project = GovernedFolder.create(tower);
        decision = project.at(SCR + "/" + proposed("more"));
    }

    private String proposed(String content) {
        return project.post(
                        SCR,
                        "{'agent':'CLAUDE','role':'Developer','target_path':'_cortex/MASTER_PLAN.md',"
                                + "'change_type':'append','content':'" + content + "'}")
                .has(201)
                .text("scr_id");
    }

    private static void skipUnless(boolean condition, String hint) {
        if (!condition) {
            System.err.println("SKIPPED: " + hint);
        }
        assumeThat(condition).as(hint).isTrue();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int exitStatus(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return exitStatus("sh", "-c", "command -v " + program) == 0;
    }

    @Test
    void a_plain_shell_of_the_user_is_a_human() {
        try (AgentShell shell = AgentShell.start(tower, "sh")) {
            assertThat(shell.identity(project).path("human")).hasToString("true");
            assertThat(shell.put(decision, AUTHORIZE).has(200).text("new_status"))
                    .isEqualTo("authorized");
        }
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("plan\nmore");
    }

    @Test
    void who_names_an_agent_is_none() {
        project.http().put(decision, AUTHORIZE, "X-Agent: CLAUDE").is(403, "{'error':'Only humans can manage SCRs'}");
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("plan\n");
    }

    @Test
    void an_agent_gets_through_nowhere() {
        try (AgentShell agent = AgentShell.start(tower, "sh")) {
            agent.post(
                            project.at("/api/sessions/start"),
                            "{'agent':'CLAUDE','role':'Developer','spec_id':'S','session_id':'a','pid':" + agent.pid()
                                    + "}")
                    .has(200);
            String manage = "Only humans can manage projects";
            String configure = "Only humans can change the governance configuration";
            assertRefused(agent.put(decision, AUTHORIZE), "Only humans can manage SCRs");
            assertRefused(agent.put(decision, REJECT), "Only humans can manage SCRs");
            assertRefused(agent.put(project.at("/api/governance/roles/Developer"), "{'paths':['x/']}"), configure);
            assertRefused(agent.put(project.at("/api/governance/specs/SPEC-001/roles"), "{'roles':['x']}"), configure);
            assertRefused(agent.post("/api/projects", "{'path':'/'}"), manage);
            assertRefused(agent.post("/api/projects/init", "{'path':'/'}"), manage);
            assertRefused(agent.call("DELETE", "/api/projects/" + project.name(), ""), manage);
            assertRefused(agent.post(project.at("/api/ads/heal"), "{'reason':'r'}"), "Only humans can heal the ledger");
            assertRefused(
                    agent.post(project.at("/api/requests"), "{'description':'d'}"), "Only humans can submit feedback");
        }
        assertThat(project.eventTypes()).containsExactly("sovereign_change_proposed", "session_start");
    }

    private static void assertRefused(Reply reply, String error) {
        JsonNode refused = reply.has(403).json();
        assertThat(refused.path("error").asText()).isEqualTo(error);
        assertThat(refused.path("reason").asText()).isEqualTo("agent_process");
        assertThat(refused.path("message").asText()).startsWith("the caller was started by an agent; process ");
    }

    /** An agent in a pane of tmux, adopted as a user adopts one. */
    @Nested
    @Tag("tmux")
    final class BelowThePaneOfAnAgent {
        private static final String OTHER = "other";

        private String name;

        @BeforeEach
        void open() throws Exception {
            skipUnless(isInstalled("tmux"), "tmux is not installed");
            name = "of-" + project.name();
            tmux("new-session", "-d", "-s", name, "-x", "200", "-y", "50", "sh");
            adopt();
        }

        @AfterEach
        void close() throws Exception {
            tmux("kill-server");
            tmux("-L", OTHER, "kill-server");
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

        private void adopt() {
            String session = tower.hello();
            JsonNode[] pane = new JsonNode[1];
            await().atMost(PATIENCE).until(() -> {
                tower.call("scan_containers");
                tower.call("scan_panes");
                for (JsonNode row : tower.call("app.pane.list", Map.of("app_session_token", session))
                        .path("result")
                        .path("rows")) {
                    if (row.path("session_name").asText().equals(name)) {
                        pane[0] = row;
                    }
                }
                return pane[0] != null;
            });
            Map<String, Object> wish = new LinkedHashMap<>();
            for (String field : List.of("container_id", "tmux_socket", "session_name", "pane_id")) {
                wish.put(field, pane[0].path(field).asText());
            }
            wish.put("window_index", 0);
            wish.put("pane_index", 0);
            wish.put("app_session_token", session);
            wish.put("role", "slave");
            wish.put("capability", "claude");
            wish.put("label", name);
            JsonNode adopted = tower.call("app.agent.register_from_pane", wish);
            assertThat(adopted.path("ok").asBoolean())
                    .as("%s of %s", adopted, pane[0])
                    .isTrue();
        }

        /** Whom the daemon takes a process for that the pane runs; {@code wrapper} has a {@code %s} for the program. */
        private JsonNode identity(String wrapper, String preparation) throws Exception {
            Path answer = Files.createTempFile(tower.home(), "answer", ".json");
            Files.delete(answer);
            Path script = Files.createTempFile(tower.home(), "script", ".sh");
            Files.writeString(
                    script,
                    preparation + "\ncurl -s --unix-socket '" + tower.paths().httpSocket() + "' 'http://tower"
                            + project.at("/api/governance/identity") + "' > " + answer + ".part && mv " + answer
                            + ".part " + answer + "\n");
            tmux("send-keys", "-t", name, wrapper.formatted("sh " + script), "Enter");
            await().atMost(PATIENCE).until(() -> Files.exists(answer));
            return JSON.readTree(answer.toFile());
        }

        /** Waits until the process that runs it is an orphan. */
        private static final String ORPHANED =
                "while [ \"$(cut -d' ' -f4 /proc/$$/stat)\" != 1 ] && kill -0 $PPID 2>/dev/null; do :; done";

        @Test
        void nobody_is_a_human_nor_what_is_cut_loose_from_it() throws Exception {
            assertThat(identity("%s", "").path("human_reason").asText()).isEqualTo("agent_process");
            assertThat(identity("(%s &)", "").path("human_reason").asText()).isEqualTo("agent_process");
            assertThat(identity("(nohup %s >/dev/null 2>&1 &)", ORPHANED)
                            .path("human_reason")
                            .asText())
                    .isEqualTo("agent_process");
            assertThat(identity("setsid -f %s", ORPHANED).path("human_reason").asText())
                    .isEqualTo("agent_process");
            assertThat(identity("tmux -L " + OTHER + " -f /dev/null new-session -d '%s'", "")
                            .path("human_reason")
                            .asText())
                    .isEqualTo("agent_process");
        }

        @Test
        void what_hides_where_it_comes_from_is_no_human_either() throws Exception {
            assertThat(identity("setsid -f env -u TMUX -u TMUX_PANE %s", ORPHANED)
                            .path("human_reason")
                            .asText())
                    .isEqualTo("detached_process");
            assertThat(identity("setsid -f env -i %s", ORPHANED)
                            .path("human_reason")
                            .asText())
                    .isEqualTo("detached_process");
            assertThat(identity("tmux run-shell '%s'", "").path("human_reason").asText())
                    .isEqualTo("detached_process");
            assertThat(identity("tmux run-shell -b '%s'", "")
                            .path("human_reason")
                            .asText())
                    .isEqualTo("detached_process");
        }

        @Test
        void what_looks_like_the_users_own_terminal_is_taken_for_one_until_a_passphrase_is_set() throws Exception {
            assertThat(identity("tmux new-window -d '%s'", "").path("human")).hasToString("true");
        }

        @Test
        void others_still_are_humans() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                assertThat(shell.identity(project).path("human")).hasToString("true");
            }
        }
    }

    @Nested
    final class InAContainer {
        @Test
        @Tag("docker")
        void nobody_is_on_the_host() throws Exception {
            try (BenchLab lab = BenchLab.open()) {
                Path body = tower.paths().stateDir().resolve("body.json");
                Files.writeString(body, quoted(AUTHORIZE));
                String curl = "curl -s --unix-socket " + tower.paths().httpSocket();
                String session = "{\\\"agent\\\":\\\"A\\\",\\\"role\\\":\\\"Architect\\\",\\\"spec_id\\\":\\\"S\\\","
                        + "\\\"session_id\\\":\\\"box\\\",\\\"pid\\\":$$}";
                String json = " -H Content-Type:application/json ";
                String printed = lab.runInContainer(
                        tower.paths().stateDir(),
                        "sh",
                        "-c",
                        curl + " -X PUT" + json + "-d @" + body + " 'http://tower" + decision + "'; " + curl + json
                                + "-d \"" + session + "\" 'http://tower" + project.at("/api/sessions/start") + "'; "
                                + curl + " 'http://tower" + project.at("/api/governance/identity") + "'; " + curl + json
                                + "-d \"" + session + "\" 'http://tower" + project.at("/api/sessions/end") + "'; true");
                List<String> lines = printed.lines().toList();
                assertThat(lines).as(printed).hasSize(4);
                assertThat(lines.get(0))
                        .isEqualTo(quoted(
                                "{'error':'Only humans can manage SCRs','message':'the caller does not run on the host itself',"
                                        + "'reason':'not_on_host'}"));
                assertThat(JSON.readTree(lines.get(1)).path("status").asText()).isEqualTo("success");
                JsonNode identity = JSON.readTree(lines.get(2));
                assertThat(identity.path("on_host")).hasToString("false");
                assertThat(identity.path("human_reason").asText()).isEqualTo("not_on_host");
                assertThat(identity.path("role").asText()).isEqualTo("Architect");
                assertThat(identity.path("role_source").asText()).isEqualTo("session");
                assertThat(JSON.readTree(lines.get(3)).path("reason").asText()).isEqualTo("not_on_host");
            }
        }

        @Test
        void with_a_root_of_its_own_nobody_is_on_the_host() throws Exception {
            skipUnless(isRoot(), "only root can make a namespace");
            skipUnless(exitStatus("unshare", "--mount", "--pid", "--fork", "true") == 0, "unshare does not work here");
            skipUnless(Files.exists(Path.of("/.dockerenv")), "where nothing says container, a namespace alone is none");
            try (AgentShell shell = AgentShell.start(tower, "unshare", "--mount", "--pid", "--fork", "sh")) {
                assertThat(shell.put(decision, REJECT).has(403).text("reason")).isEqualTo("not_on_host");
            }
        }
    }

    @Nested
    final class AnotherUser {
        private static final String NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all %s";

        @BeforeEach
        void check() throws Exception {
            skipUnless(isRoot(), "only root can become another user");
            skipUnless(isInstalled("setpriv"), "setpriv is not installed");
        }

        @Test
        void does_not_reach_the_socket() {
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                assertThat(shell.run(NOBODY.formatted("curl -s --unix-socket "
                                        + tower.paths().httpSocket() + " http://tower/api/projects; echo $?"))
                                .strip())
                        .isEqualTo("7");
            }
        }

        @Test
        void is_refused_where_the_socket_is_open() throws Exception {
            openTo("a+rwX");
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                for (String target : List.of("/api/governance/identity", "/api/projects", "/nothing")) {
                    shell.callBy(NOBODY, "GET", target, "").is(403, "{'error':'This socket belongs to another user'}");
                }
                shell.callBy(NOBODY, "PUT", decision, AUTHORIZE)
                        .is(403, "{'error':'This socket belongs to another user'}");
            } finally {
                openTo("go-rwx");
            }
            assertThat(tower.events()).contains("socket_peer_uid_mismatch");
        }

        private void openTo(String mode) throws IOException, InterruptedException {
            assertThat(exitStatus("chmod", "-R", mode, tower.home().toString())).isZero();
        }
    }

    @Nested
    final class WithAPassphrase {
        /** Sends the right passphrase. */
        private Reply authorize(AgentShell shell) {
            String curl = "curl -s -m 20 --unix-socket " + tower.paths().httpSocket() + " -X PUT"
                    + " -H Content-Type:application/json -H '" + RIGHT + "' -w %{http_code}"
                    + " --data-binary '{\"action\":\"authorize\"}' 'http://tower" + decision + "'";
            List<String> lines = shell.run(curl).lines().toList();
            return new Reply(Integer.parseInt(lines.get(1)), Map.of(), lines.get(0) + "\n");
        }

        @Test
        void the_right_one_opens_below_a_plain_shell_but_not_below_a_client_that_nobody_registered()
                throws IOException {
            Path client = tower.home().resolve("claude");
            Files.copy(Path.of("/bin/sh"), client);
            try (AgentShell agent = AgentShell.start(tower, client.toString())) {
                Reply refused = authorize(agent);
                assertRefused(refused, "Only humans can manage SCRs");
                assertThat(refused.text("message"))
                        .isEqualTo("the caller was started by an agent; process " + agent.pid() + " (" + client
                                + "): its program " + client + " is that of Claude Code");
                assertThat(agent.identity(project).path("explanation").asText())
                        .endsWith("its program " + client + " is that of Claude Code");
            }
            try (AgentShell shell = AgentShell.start(tower, "env", "GEMINI_CLI=1", "sh")) {
                assertThat(authorize(shell).has(403).text("message"))
                        .contains("its environment has GEMINI_CLI, as Gemini CLI sets it");
            }
            try (AgentShell shell = AgentShell.start(tower, "sh")) {
                assertThat(authorize(shell).has(200).text("new_status")).isEqualTo("authorized");
            }
        }

        private static final String RIGHT = "X-Operator-Passphrase: open%20s%C3%A9same";
        private static final String STORED =
                JsonForm.pretty(PassphraseHash.create("open s\u00e9same".toCharArray(), new SecureRandom())
                        .fields());

        @BeforeEach
        void choose() throws Exception {
            Files.writeString(file(), STORED);
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        }

        @AfterEach
        void forget() throws Exception {
            Files.deleteIfExists(file());
        }

        private Path file() {
            return tower.paths().operatorPassphrase();
        }

        private int set(String input) throws Exception {
            Process process = tower.launchRaw("agenttower", "operator", "set-passphrase", "--stdin");
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        private void assertProblem(String problem) {
            JsonNode refused =
                    project.http().put(decision, REJECT, RIGHT).has(403).json();
            assertThat(refused.path("reason").asText()).isEqualTo("passphrase_required");
            assertThat(refused.path("problem").asText()).isEqualTo(file() + " " + problem);
            assertThat(refused.path("message").asText()).contains(problem);
        }

        @Test
        void a_human_needs_it_and_it_is_changed_by_who_knows_it() throws Exception {
            Files.delete(file());
            assertThat(set("open s\u00e9same\n")).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file())).doesNotContain("sesame");
            project.http()
                    .put(decision, REJECT)
                    .is(
                            403,
                            "{'error':'Only humans can manage SCRs','message':'the operator\\'s passphrase is needed','reason':'passphrase_required'}");
            project.http()
                    .put(decision, REJECT, "X-Operator-Passphrase: no")
                    .is(
                            403,
                            "{'error':'Only humans can manage SCRs','message':'the passphrase is wrong','reason':'passphrase_wrong'}");
            project.http()
                    .put(decision, REJECT, RIGHT, "X-Agent: A")
                    .is(403, "{'error':'Only humans can manage SCRs'}");
            assertThat(project.get("/api/governance/identity").json().path("passphrase_set"))
                    .hasToString("true");
            project.http().put(decision, REJECT, RIGHT).has(200);
            assertThat(set("wrong\nsomething new\n")).isNotZero();
            assertThat(set("open s\u00e9same\nsomething new\n")).isZero();
            String other = project.at(SCR + "/" + proposed("other"));
            assertThat(project.http().put(other, REJECT, RIGHT).has(403).text("reason"))
                    .isEqualTo("passphrase_wrong");
            project.http()
                    .put(other, REJECT, "X-Operator-Passphrase: something%20new")
                    .has(200);
        }

        @Test
        void five_wrong_ones_in_a_minute_are_enough() {
            // the right one ends what was counted before
            project.http()
                    .put(project.at(SCR + "/" + proposed("other")), REJECT, RIGHT)
                    .has(200);
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThat(project.http()
                                .put(decision, REJECT, "X-Operator-Passphrase: " + attempt)
                                .text("reason"))
                        .isEqualTo("passphrase_wrong");
            }
            for (String given : List.of(RIGHT, "X-Operator-Passphrase: 6")) {
                project.http()
                        .put(decision, REJECT, given)
                        .is(
                                429,
                                "{'error':'Only humans can manage SCRs','message':'too many wrong passphrases; wait a minute',"
                                        + "'reason':'too_many_attempts','retry_after_seconds':60}");
            }
            tower.stop();
            tower.startAsOrphan();
        }

        @ParameterizedTest
        @CsvSource({"rw-r-----, 0640", "rw----r--, 0604", "rw--w----, 0620"})
        void a_file_that_others_may_use_is_not_used(String mode, String octal) throws Exception {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
            assertProblem("has mode " + octal + ", expected 0600");
            assertThat(set("open s\u00e9same\nsomething new\n")).isNotZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "{}", "[]", "{'algorithm':'PBKDF2WithHmacSHA256','iterations':1,'salt':'','hash':''}"})
        void a_broken_file_lets_nobody_pass(String text) throws Exception {
            Files.writeString(file(), quoted(text));
            JsonNode refused =
                    project.http().put(decision, REJECT, RIGHT).has(403).json();
            assertThat(refused.path("reason").asText()).isEqualTo("passphrase_required");
            assertThat(refused.path("problem").asText()).contains(file().toString());
            assertThat(project.get("/api/governance/identity").json().path("passphrase_set"))
                    .hasToString("true");
        }

        @Test
        void a_file_of_somebody_else_is_not_used() throws Exception {
            skipUnless(isRoot(), "only root can give a file away");
            Files.setAttribute(file(), "unix:uid", 65534);
            assertProblem("belongs to uid 65534, not to 0");
        }

        @Test
        void what_was_cut_loose_from_an_agent_passes_by_it_only() {
            try (AgentShell agent = AgentShell.start(tower, "sh");
                    AgentShell shell = AgentShell.start(tower, "sh")) {
                agent.post(
                                project.at("/api/sessions/start"),
                                "{'agent':'CLAUDE','role':'Developer','spec_id':'S','session_id':'a','pid':"
                                        + agent.pid() + "}")
                        .has(200);
                String orphan = "setsid -f sh -c 'while kill -0 $PPID 2>/dev/null && [ $PPID != 1 ]; do :; done; %s > "
                        + tower.home() + "/orphan.part; mv " + tower.home() + "/orphan.part " + tower.home()
                        + "/orphan'; while [ ! -e " + tower.home() + "/orphan ]; do sleep 0.05; done; cat "
                        + tower.home() + "/orphan; rm " + tower.home() + "/orphan";
                assertThat(shell.callBy(orphan, "PUT", decision, REJECT).text("reason"))
                        .isEqualTo("passphrase_required");
                assertThat(agent.put(decision, REJECT).text("reason")).isEqualTo("agent_process");
            }
        }

        @Test
        void the_terminal_shows_nothing_from_the_first_question_to_the_last() throws Exception {
            skipUnless(isInstalled("script"), "script, which makes a terminal, is not installed");
            String id = decision.substring(decision.lastIndexOf('/') + 1, decision.indexOf('?'));
            ProcessBuilder builder = new ProcessBuilder(
                    "script",
                    "-qec",
                    Programs.REAL.launcher("agenttower") + " scr reject " + id + " --reason no --project "
                            + project.name(),
                    "/dev/null");
            builder.environment().put("HOME", tower.home().toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
            Process terminal = builder.redirectErrorStream(true).start();
            try (OutputStream in = terminal.getOutputStream();
                    InputStream out = terminal.getInputStream()) {
                StringBuilder seen = new StringBuilder();
                readUntil(out, seen, "Operator passphrase: ");
                type(in, "first answer\n");
                readUntil(out, seen, "\n");
                type(in, "typed ahead\n");
                readUntil(out, seen, "That is not it. Operator passphrase: ");
                readUntil(out, seen, "That is not it. Operator passphrase: ");
                type(in, "open s\u00e9same\n");
                seen.append(new String(out.readAllBytes(), StandardCharsets.UTF_8));
                assertThat(terminal.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(seen.toString())
                        .doesNotContain("first answer", "typed ahead", "same")
                        .contains("rejected");
            } finally {
                terminal.destroyForcibly();
            }
        }

        private static void type(OutputStream in, String text) throws IOException {
            in.write(text.getBytes(StandardCharsets.UTF_8));
            in.flush();
        }

        private static void readUntil(InputStream out, StringBuilder seen, String end) throws IOException {
            int start = seen.length();
            while (seen.indexOf(end, start) < 0) {
                int c = out.read();
                if (c < 0) {
                    throw new AssertionError("the terminal ended after: " + seen);
                }
                seen.append((char) c);
            }
        }
    }
}
