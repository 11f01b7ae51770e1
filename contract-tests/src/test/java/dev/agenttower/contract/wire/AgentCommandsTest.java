package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Scripts.bench;
import static dev.agenttower.contract.wire.Scripts.engine;
import static dev.agenttower.contract.wire.Scripts.pane;
import static dev.agenttower.contract.wire.Scripts.tmux;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentCommandsTest {
    private static final String UNREACHABLE =
            "error: daemon is not running or socket is unreachable: try `agenttower ensure-daemon`\n";
    private static final String ID = "abc123def456" + "0".repeat(52);
    private static final String OTHER_ID = "abc123def456" + "1".repeat(52);
    private static final String SLAVE = "agt_00000000000a";

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
        files.forget();
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", engine(ID, "bench-acme"))
                .script(
                        "AGENTTOWER_TEST_TMUX_FAKE",
                        tmux(Map.of(ID, bench(Map.of("default", List.of(pane("main", 0, 0, "%17")))))));
        result(TOWER.call("scan_containers"));
        inContainer("0::/docker/" + ID + "\n");
        TOWER.with("TMUX", World.SOCKET + ",12345,$0")
                .with("TMUX_PANE", "%17")
                .with("AGENTTOWER_CONTAINER_ID", ID)
                .without("AGENTTOWER_SOCKET")
                .without("HOSTNAME");
    }

    /** A root folder with the signs of a container and this control group. */
    private static void inContainer(String cgroup) throws IOException {
        Path root = root("container-root", cgroup);
        if (Files.notExists(root.resolve(".dockerenv"))) {
            Files.createFile(root.resolve(".dockerenv"));
        }
    }

    private static Path root(String name, String cgroup) throws IOException {
        Path root = TOWER.home().resolve(name);
        for (String process : List.of("self", "1")) {
            Path folder = Files.createDirectories(root.resolve("proc").resolve(process));
            Files.writeString(folder.resolve("cgroup"), cgroup);
        }
        Files.deleteIfExists(root.resolve("etc/hostname"));
        TOWER.with("AGENTTOWER_TEST_PROC_ROOT", root.toString());
        return root;
    }

    private static void refused(CommandResult command, int exitCode, String code) {
        assertThat(command.exitCode()).as(command.toString()).isEqualTo(exitCode);
        assertThat(command.out()).isEmpty();
        assertThat(command.err().lines().toList()).hasSize(2);
        assertThat(command.err()).startsWith("error: ").endsWith("\ncode: " + code + "\n");
    }

    @Test
    void a_pane_registers_itself_and_again() {
        CommandResult first = TOWER.run(
                        "register-self",
                        "--role",
                        "slave",
                        "--capability",
                        "codex",
                        "--label",
                        "codex-01",
                        "--project",
                        "/workspace/acme",
                        "--json")
                .orThrow();
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).hasLineCount(1);
        JsonNode agent = result(json(first.out()));
        assertThat(agent.path("role").asText()).isEqualTo("slave");
        assertThat(agent.path("capability").asText()).isEqualTo("codex");
        assertThat(agent.path("label").asText()).isEqualTo("codex-01");
        assertThat(agent.path("project_path").asText()).isEqualTo("/workspace/acme");
        assertThat(agent.path("tmux_pane_id").asText()).isEqualTo("%17");
        assertThat(agent.path("created_or_reactivated").asText()).isEqualTo("created");
        assertThat(files.value("SELECT COUNT(*) FROM pane_scans"))
                .as("one look")
                .isEqualTo(1);

        String id = agent.path("agent_id").asText();
        CommandResult second = TOWER.run("register-self").orThrow();
        assertThat(second.outLines())
                .containsExactly(
                        "agent_id=" + id,
                        "role=slave",
                        "capability=codex",
                        "label=codex-01",
                        "project_path=/workspace/acme",
                        "parent_agent_id=-",
                        "created_or_reactivated=updated");
        assertThat(files.rows("SELECT agent_id, role, label FROM agents"))
                .containsExactly(List.of(id, "slave", "codex-01"));
        assertThat(files.value("SELECT COUNT(*) FROM pane_scans"))
                .as("known already")
                .isEqualTo(1);

        CommandResult listing = TOWER.run("list-agents").orThrow();
        assertThat(listing.outLines())
                .containsExactly(
                        "AGENT_ID\tLABEL\tROLE\tCAPABILITY\tCONTAINER\tPANE\tPROJECT\tPARENT\tACTIVE",
                        id + "\tcodex-01\tslave\tcodex\tabc123def456\tmain:0.0\t/workspace/acme\t-\ttrue");
    }

    @Test
    void nobody_registers_as_master() {
        refused(TOWER.run("register-self", "--role", "master"), 3, "master_via_register_self_rejected");
        assertThat(files.rows("SELECT 1 FROM agents")).isEmpty();
    }

    @Test
    void a_swarm_agent_names_its_parent() {
        String parent = register("--role", "slave").path("agent_id").asText();
        TOWER.script(
                "AGENTTOWER_TEST_TMUX_FAKE",
                tmux(Map.of(
                        ID, bench(Map.of("default", List.of(pane("main", 0, 0, "%17"), pane("main", 0, 1, "%18")))))));
        TOWER.with("TMUX_PANE", "%18");
        JsonNode member = register("--role=swarm", "--parent=" + parent);
        assertThat(member.path("parent_agent_id").asText()).isEqualTo(parent);
        refused(TOWER.run("register-self", "--role", "swarm"), 3, "swarm_parent_required");
        refused(TOWER.run("register-self", "--parent", "x"), 3, "value_out_of_set");
    }

    private static JsonNode register(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "register-self";
        args[1] = "--json";
        System.arraycopy(options, 0, args, 2, options.length);
        return result(json(TOWER.run(args).orThrow().out()));
    }

    @Test
    void a_log_needs_the_wish_for_one_and_no_daemon_to_say_so() {
        TOWER.with("AGENTTOWER_SOCKET", "nonsense");
        refused(TOWER.run("register-self", "--log", "/l"), 3, "bad_request");
    }

    @Test
    void the_container_is_known_by_its_control_group() {
        TOWER.without("AGENTTOWER_CONTAINER_ID");
        assertThat(register().path("container_id").asText()).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:x:/system.slice/docker-%s.scope\n0::/\n",
                "0::/kubepods/burstable/pod0123/%s\n",
                "0::/docker/%s\n1::/docker/%s\n"
            })
    void control_groups_have_many_forms(String cgroup) throws IOException {
        TOWER.without("AGENTTOWER_CONTAINER_ID");
        inContainer(cgroup.replace("%s", ID));
        assertThat(register().path("container_id").asText()).isEqualTo(ID);
    }

    @Test
    void the_container_is_known_by_its_host_name_or_name() throws IOException {
        TOWER.without("AGENTTOWER_CONTAINER_ID");
        inContainer("0::/\n");
        Path etc = Files.createDirectories(TOWER.home().resolve("container-root/etc"));
        Files.writeString(etc.resolve("hostname"), "abc123def456\n");
        assertThat(register().path("container_id").asText()).isEqualTo(ID);
        Files.delete(etc.resolve("hostname"));
        TOWER.with("HOSTNAME", "bench-acme");
        assertThat(register().path("container_id").asText()).isEqualTo(ID);
    }

    @Test
    void a_container_that_no_scan_has_seen_is_looked_for() throws IOException {
        files.forget();
        assertThat(register().path("container_id").asText()).isEqualTo(ID);
    }

    @ParameterizedTest
    @CsvSource({"unknown-one", "abc123def45", "ABC123DEF456"})
    void an_unknown_container_is_not_resolved(String name) {
        TOWER.with("AGENTTOWER_CONTAINER_ID", name);
        refused(TOWER.run("register-self"), 3, "container_unresolved");
    }

    @Test
    void a_container_that_could_be_two_or_none_is_not_resolved() throws IOException {
        TOWER.without("AGENTTOWER_CONTAINER_ID");
        inContainer("0::/docker/" + ID + "\n1::/docker/" + OTHER_ID + "\n");
        refused(TOWER.run("register-self"), 3, "container_unresolved");
        inContainer("0::/\n");
        TOWER.with("HOSTNAME", "");
        refused(TOWER.run("register-self"), 3, "container_unresolved");
        world.container(OTHER_ID, "bench-other", true);
        TOWER.with("AGENTTOWER_CONTAINER_ID", "abc123def456");
        refused(TOWER.run("register-self"), 3, "container_unresolved");
        assertThat(files.rows("SELECT 1 FROM agents")).isEmpty();
    }

    @Test
    void the_host_is_no_bench_of_a_scripted_world() throws IOException {
        TOWER.without("AGENTTOWER_CONTAINER_ID");
        root("host-root", "0::/\n");
        refused(TOWER.run("register-self"), 1, "host_context_unsupported");
        CommandResult asJson = TOWER.run("register-self", "--json");
        assertThat(asJson.exitCode()).isEqualTo(1);
        assertThat(asJson.err()).isEmpty();
        refusal(json(asJson.out()), "host_context_unsupported");
    }

    @ParameterizedTest
    @CsvSource({
        "'', %17, not_in_tmux",
        "'/tmp/s,1', %17, tmux_pane_malformed",
        "'/tmp/s,,$0', %17, tmux_pane_malformed",
        "'/tmp/s,1,$0', '', tmux_pane_malformed",
        "'/tmp/s,1,$0', 17, tmux_pane_malformed",
        "'/tmp/s,1,$0', %1x, tmux_pane_malformed",
        "'/tmp/s,1,$0', %17, pane_unknown_to_daemon",
        "'/tmp/tmux-1000/default,1,$0', %99, pane_unknown_to_daemon"
    })
    void a_pane_must_be_known(String tmux, String pane, String code) {
        TOWER.with("TMUX", tmux).with("TMUX_PANE", pane);
        refused(TOWER.run("register-self"), 3, code);
        assertThat(files.value("SELECT COUNT(*) FROM pane_scans"))
                .isEqualTo(code.equals("pane_unknown_to_daemon") ? 1 : 0);
    }

    @Test
    void agents_are_listed_with_filters() {
        world.agent(SLAVE, ID, 0, "slave", true).agent("agt_00000000000b", ID, 1, "shell", false);
        world.agent("agt_00000000000c", ID, 2, "swarm", "codex", "a\tb", true);
        TOWER.sql("UPDATE agents SET parent_agent_id = '" + SLAVE + "' WHERE role = 'swarm'");
        assertThat(TOWER.run("list-agents").orThrow().outLines()).hasSize(4);
        assertThat(TOWER.run("list-agents", "--role", "slave", "--role=shell")
                        .orThrow()
                        .outLines())
                .hasSize(3);
        assertThat(TOWER.run("list-agents", "--active-only", "--container", "abc123def456", "--parent", SLAVE)
                        .orThrow()
                        .outLines())
                .endsWith("agt_00000000000c\ta b\tswarm\tcodex\tabc123def456\tmain:0.2\t\t" + SLAVE + "\ttrue");
        refused(TOWER.run("list-agents", "--role", "boss"), 3, "value_out_of_set");
        JsonNode filter = result(json(TOWER.run("list-agents", "--role", "slave", "--json")
                        .orThrow()
                        .out()))
                .path("filter");
        assertThat(Answers.texts(filter.path("role"))).containsExactly("slave");
    }

    @Test
    void a_role_label_and_capability_are_set() {
        world.agent(SLAVE, ID, 0, "slave", true);
        assertThat(TOWER.run("set-role", "--target", SLAVE, "--role", "shell")
                        .orThrow()
                        .outLines())
                .containsExactly(
                        "agent_id=" + SLAVE,
                        "field=role",
                        "prior_value=slave",
                        "new_value=shell",
                        "audit_appended=true");
        assertThat(TOWER.run("set-label", "--target", SLAVE, "--label", "x y")
                        .orThrow()
                        .outLines())
                .containsExactly(
                        "agent_id=" + SLAVE,
                        "field=label",
                        "prior_value=" + SLAVE,
                        "new_value=x y",
                        "audit_appended=false");
        assertThat(result(json(TOWER.run("set-capability", "--target", SLAVE, "--capability", "claude", "--json")
                                .orThrow()
                                .out()))
                        .path("new_value")
                        .asText())
                .isEqualTo("claude");
        TOWER.run("set-role", "--target", SLAVE, "--role", "master", "--confirm")
                .orThrow();
        assertThat(files.audit())
                .hasSize(2)
                .last()
                .satisfies(event -> assertThat(
                                event.path("payload").path("confirm_provided").asBoolean())
                        .isTrue());
    }

    @Test
    void an_agent_is_named_by_its_label() {
        world.agent(SLAVE, ID, 0, "slave", "codex", "api worker", true);
        assertThat(TOWER.run("set-capability", "--target", "api worker", "--capability", "claude")
                        .orThrow()
                        .outLines())
                .contains("agent_id=" + SLAVE, "new_value=claude");
        refused(TOWER.run("set-capability", "--target", "worker", "--capability", "claude"), 3, "value_out_of_set");
    }

    @Test
    void refusals_of_the_daemon_and_of_the_command_look_alike() {
        world.agent(SLAVE, ID, 0, "slave", false);
        refused(TOWER.run("set-role", "--target", "agt_ffffffffffff", "--role", "slave"), 4, "agent_not_found");
        refused(TOWER.run("set-label", "--target", "agt_ffffffffffff", "--label", "l"), 4, "agent_not_found");
        refused(TOWER.run("set-role", "--target", SLAVE, "--role", "shell"), 3, "agent_inactive");
        refused(TOWER.run("set-role", "--target", SLAVE, "--role", "boss"), 3, "value_out_of_set");
        refused(TOWER.run("set-role", "--target", SLAVE, "--role", "swarm"), 3, "swarm_role_via_set_role_rejected");
        refused(TOWER.run("set-role", "--target", SLAVE, "--role", "master"), 3, "master_confirm_required");
        refused(TOWER.run("set-capability", "--target", SLAVE, "--capability", "gpt"), 3, "value_out_of_set");
        CommandResult asJson = TOWER.run("set-label", "--target", "a1", "--label", "l", "--json");
        assertThat(asJson.exitCode()).isEqualTo(3);
        assertThat(asJson.err()).isEmpty();
        refusal(json(asJson.out()), "value_out_of_set");
    }

    @Test
    void an_option_that_is_missing_is_a_usage_error() {
        for (String[] args : new String[][] {
            {"set-role", "--target", SLAVE},
            {"set-label", "--label", "l"},
            {"set-capability"},
            {"register-self", "--confirm"},
            {"register-self", "extra"}
        }) {
            CommandResult wrong = TOWER.run(args);
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.out()).isEmpty();
            assertThat(wrong.err()).startsWith("usage: ");
        }
    }

    @Test
    void a_target_is_judged_before_the_daemon_is_asked() {
        TOWER.with("AGENTTOWER_SOCKET", "nonsense");
        refused(TOWER.run("set-role", "--target", "x", "--role", "slave"), 3, "value_out_of_set");
        refused(TOWER.run("set-label", "--target", "x", "--label", "l"), 3, "value_out_of_set");
        for (String[] args : new String[][] {
            {"set-label", "--target", SLAVE, "--label", "l"}, {"list-agents"}, {"register-self", "--role", "master"}
        }) {
            CommandResult wrong = TOWER.run(args);
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.out()).isEmpty();
            assertThat(wrong.err())
                    .isEqualTo("error: AGENTTOWER_SOCKET must be an absolute path to a Unix socket: value is not"
                            + " absolute\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register-self",
                "list-agents",
                "set-role --target agt_00000000000a --role slave",
                "set-label --target agt_00000000000a --label l",
                "set-capability --target agt_00000000000a --capability codex",
                "scan --containers --panes",
                "list-containers",
                "list-panes",
                "status"
            })
    void without_a_daemon_every_command_ends_with_two(String command) throws IOException {
        Path empty = Files.createDirectories(TOWER.home().resolve("nobody"));
        TOWER.with("HOME", empty.toString());
        try {
            for (String option : List.of("", " --json")) {
                CommandResult lost = TOWER.run((command + option).split(" "));
                assertThat(lost.exitCode()).as(lost.toString()).isEqualTo(2);
                assertThat(lost.out()).isEmpty();
                assertThat(lost.err()).isEqualTo(UNREACHABLE);
            }
            assertThat(empty).isEmptyDirectory();
        } finally {
            TOWER.with("HOME", TOWER.home().toString());
        }
    }
}
