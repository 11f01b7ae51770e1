package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.World.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QueueCommandsTest {
    private static final String BENCH = "abc123def456" + "0".repeat(52);
    private static final String MASTER = "agt_00000000000a";
    private static final String SLAVE = "agt_00000000000b";

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}")
                .script("AGENTTOWER_TEST_TMUX_FAKE", "{}")
                .start();
    }

    @BeforeEach
    void begin() throws IOException {
        TOWER.sql("UPDATE daemon_state SET value = 'enabled'");
        files.forget();
        world.container(BENCH, "bench-acme", true).pane(BENCH, 0, true).pane(BENCH, 1, true);
        world.pane(BENCH, 2, true);
        world.agent(MASTER, BENCH, 0, "master", "codex", "lead", true);
        world.agent(SLAVE, BENCH, 1, "slave", "codex", "worker", true);
        inContainer("%0");
    }

    private static void root(String cgroup) throws IOException {
        Path root = TOWER.home().resolve("root-" + Math.abs(cgroup.hashCode()));
        for (String process : new String[] {"self", "1"}) {
            Path folder = Files.createDirectories(root.resolve("proc").resolve(process));
            Files.writeString(folder.resolve("cgroup"), cgroup);
        }
        TOWER.with("AGENTTOWER_TEST_PROC_ROOT", root.toString());
    }

    private static void inContainer(String pane) throws IOException {
        root("0::/docker/" + BENCH + "\n");
        TOWER.with("TMUX", World.SOCKET + ",12345,$0")
                .with("TMUX_PANE", pane)
                .with("AGENTTOWER_CONTAINER_ID", BENCH)
                .with("AGENTTOWER_SOCKET", TOWER.paths().socket().toString());
    }

    private static void onHost() throws IOException {
        root("0::/\n");
        TOWER.without("TMUX").without("TMUX_PANE").without("AGENTTOWER_CONTAINER_ID");
    }

    private static CommandResult run(int exit, String... arguments) {
        CommandResult result = TOWER.run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exit);
        return result;
    }

    @Test
    void a_master_sends_from_its_pane() {
        CommandResult sent = run(0, "send-input", "--target", "worker", "--message", "hi — there");
        assertThat(sent.out()).matches("delivered: msg=[0-9a-f-]{36} target=worker\\(" + SLAVE + "\\)\n");
        CommandResult row = run(0, "send-input", "--target", "worker", "--message", "hi — there", "--json");
        assertThat(row.out()).startsWith("{\"message_id\":\"").contains("hi \\u2014 there");
        assertThat(json(row.out()).has("waited_to_terminal")).isFalse();
        assertThat(run(0, "send-input", "--target", "worker", "--message", "x", "--no-wait")
                        .out())
                .matches("(queued|delivered): msg=.*\n");
    }

    @Test
    void a_prompt_that_is_not_delivered_fails_with_its_reason() {
        CommandResult blocked = run(8, "send-input", "--target", MASTER, "--message", "x");
        assertThat(blocked.out()).isEmpty();
        assertThat(blocked.err())
                .matches("send-input failed: target_role_not_permitted — target_role_not_permitted \\(msg=.*\\)\n");
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'");
        assertThat(run(2, "send-input", "--target", "worker", "--message", "x").err())
                .matches("send-input failed: routing_disabled — kill_switch_off \\(msg=.*\\)\n");
        assertThat(run(5, "send-input", "--target", "nobody", "--message", "x").err())
                .endsWith("\ncode: agent_not_found\n");
        assertThat(json(run(11, "send-input", "--target", "worker", "--message", "", "--json")
                                .out())
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("body_empty");
        run(64, "send-input", "--target", "worker", "--message-file", "/no/such/file");
        run(64, "send-input", "--target", "worker", "--message", "x", "--wait-timeout", "301");
        run(2, "send-input", "--target", "worker");
        run(2, "send-input", "--target", "worker", "--message", "x", "--message-file", "y");
    }

    @Test
    void only_an_agent_in_its_pane_sends_input() throws IOException {
        inContainer("%2");
        assertThat(run(3, "send-input", "--target", "worker", "--message", "x").err())
                .endsWith("code: sender_not_in_pane\n");
        onHost();
        CommandResult host = run(3, "send-input", "--target", "worker", "--message", "x");
        assertThat(host.out()).isEmpty();
        assertThat(host.err())
                .startsWith("send-input: sender_not_in_pane — host_context_unsupported: host_context_unsupported: ");
        assertThat(files.rows("SELECT 1 FROM message_queue")).isEmpty();
    }

    @Test
    void a_person_sends_from_the_host_and_reads_what_to_do() throws IOException {
        onHost();
        assertThat(run(0, "send", "worker", "hello").out()).startsWith("delivered: msg=");
        assertThat(files.value("SELECT sender_agent_id FROM message_queue")).isEqualTo("host-operator");
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'");
        assertThat(run(2, "send", "worker", "hello").err())
                .startsWith("send failed: routing_disabled — kill_switch_off")
                .contains("\nnext: agenttower routing enable, then agenttower queue approve ");
    }

    @Test
    void a_person_whose_prompt_is_refused_reads_the_reason_once() throws IOException {
        onHost();
        assertThat(run(8, "send", MASTER, "hello").err())
                .matches("send failed: target_role_not_permitted \\(msg=.*\\)\nnext: .*\n");
    }

    @Test
    void the_queue_is_listed() throws IOException {
        onHost();
        assertThat(run(0, "queue").out()).isEqualTo("(no rows match)\n");
        assertThat(run(0, "queue", "--json").out()).isEqualTo("[]\n");
        JsonNode row = result(TOWER.call(
                "queue.send_input",
                Map.of(
                        "caller_pane",
                        Map.of("pane_composite_key", key(BENCH, 0)),
                        "target",
                        "worker",
                        "body_bytes",
                        Base64.getEncoder().encodeToString("one\ttwo".getBytes(UTF_8)))));
        CommandResult table = run(0, "queue", "--state", "delivered");
        assertThat(table.outLines()).hasSize(2);
        assertThat(table.outLines().get(0))
                .startsWith("MESSAGE_ID                            STATE      SENDER                  TARGET");
        assertThat(table.outLines().get(1))
                .startsWith(
                        row.path("message_id").asText() + "  delivered  lead(agt_00000000)      worker(agt_00000000)")
                .endsWith("  one two");
        assertThat(json(run(0, "queue", "--json", "--limit", "1").out())).hasSize(1);
        run(2, "queue", "list");
        run(2, "queue", "--state", "nope");
        run(2, "queue", "--origin", "nope");
        run(64, "queue", "--limit", "0");
        run(14, "queue", "--since", "yesterday");
        run(5, "queue", "--target", "nobody");
    }

    @Test
    void operators_decide() throws IOException {
        onHost();
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'");
        run(2, "send", "worker", "hello");
        TOWER.sql("UPDATE message_queue SET state = 'queued', block_reason = NULL");
        String id = String.valueOf(files.value("SELECT message_id FROM message_queue"));
        assertThat(run(0, "queue", "delay", id).out()).isEqualTo("delayed: msg=" + id + " state=blocked\n");
        assertThat(run(0, "queue", "approve", id).out()).isEqualTo("approved: msg=" + id + " state=queued\n");
        assertThat(run(17, "queue", "approve", id).err()).endsWith("\ncode: approval_not_applicable\n");
        assertThat(json(run(0, "queue", "cancel", id, "--json").out())
                        .path("state")
                        .asText())
                .isEqualTo("canceled");
        run(15, "queue", "cancel", id);
        run(20, "queue", "cancel", "nope");
        inContainer("%2");
        assertThat(run(3, "queue", "cancel", id).err()).endsWith("code: sender_not_in_pane\n");
    }

    @Test
    void the_kill_switch_is_for_the_host() throws IOException {
        assertThat(run(19, "routing", "disable").err())
                .startsWith("routing disable failed: routing_toggle_host_only — routing is switched only ");
        inContainer("%2");
        assertThat(run(19, "routing", "disable").err().lines()).hasSize(1);
        onHost();
        assertThat(run(0, "routing", "disable").out()).isEqualTo("routing disabled (was enabled)\n");
        assertThat(run(0, "routing", "disable").out()).isEqualTo("routing already disabled\n");
        assertThat(run(0, "routing", "status").out()).matches("routing: disabled \\(set .*Z by host-operator\\)\n");
        assertThat(run(0, "routing", "enable", "--json").out())
                .startsWith("{\"previous_value\":\"disabled\",\"current_value\":\"enabled\",\"changed\":true,");
        assertThat(run(0, "routing").out()).contains("enable").contains("disable");
    }

    @Test
    void a_prompt_may_come_from_stdin_and_must_not_be_empty() throws IOException {
        onHost();
        for (String text : new String[] {"-", ""}) {
            CommandResult refused = TOWER.run("send", "worker", text);
            assertThat(refused.exitCode()).as(refused.toString()).isNotZero();
            assertThat(refused.err()).contains("body_empty");
        }
        assertThat(TOWER.run("send", "", "hello").err()).contains("must not be empty");
        CommandResult piped = TOWER.shell("printf 'two\\nlines\\n' | agenttower send worker -");
        assertThat(piped.exitCode()).as(piped.toString()).isZero();
        assertThat(piped.out()).startsWith("delivered: msg=");
    }
}
