package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.World.BENCH;
import static dev.agenttower.contract.wire.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentRemovalTest {
    private static final String ENDED = "agt_00000000000a";
    private static final String ACTIVE = "agt_00000000000b";

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    @BeforeEach
    void begin() {
        files.forget();
        world.container(BENCH, "bench-acme", true);
        world.pane(BENCH, 0, true).pane(BENCH, 1, true);
        world.agent(ENDED, BENCH, 7, "slave", "codex", "ended", false)
                .agent(ACTIVE, BENCH, 1, "slave", "codex", "active", true);
    }

    private static String send(String target) {
        JsonNode sent = result(TOWER.call(
                "queue.send_input", Map.of("operator", true, "target", target, "body_bytes", "eA==", "wait", false)));
        return sent.path("message_id").asText();
    }

    @Test
    void an_ended_agent_leaves_the_lists_and_its_messages_are_canceled() {
        String message = send(ENDED);
        JsonNode removed = result(TOWER.call("forget_agent", Map.of("agent_id", "ended")));
        assertThat(removed.path("agent_id").asText()).isEqualTo(ENDED);
        assertThat(removed.path("canceled_messages").asInt()).isEqualTo(1);
        assertThat(keys(removed)).hasSize(22).endsWith("active", "canceled_messages");
        assertThat(each(result(TOWER.call("list_agents")).path("agents"), "agent_id"))
                .containsExactly(ACTIVE);
        JsonNode rows =
                result(TOWER.call("queue.list", Map.of("target", "ended"))).path("rows");
        assertThat(each(rows, "message_id")).containsExactly(message);
        assertThat(each(rows, "state")).containsExactly("canceled");
        assertThat(each(rows, "operator_action_by")).containsExactly("host-operator");
        assertThat(files.audit())
                .filteredOn(line -> line.path("type").asText().equals("agent_forgotten"))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.path("payload").path("label").asText()).isEqualTo("ended"));
        refusal(TOWER.call("forget_agent", Map.of("agent_id", ENDED)), "agent_not_found");
    }

    @Test
    void an_agent_of_a_living_pane_ends() {
        JsonNode ended = result(TOWER.call("end_agent", Map.of("agent_id", "active")));
        assertThat(ended.path("agent_id").asText()).isEqualTo(ACTIVE);
        assertThat(ended.path("ended").asBoolean()).isTrue();
        JsonNode again = result(TOWER.call("end_agent", Map.of("agent_id", ACTIVE)));
        assertThat(again.path("ended").asBoolean()).isFalse();
        assertThat(result(TOWER.call("list_agents", Map.of("active_only", true)))
                        .path("agents"))
                .isEmpty();
        assertThat(files.audit())
                .filteredOn(line -> line.path("type").asText().equals("agent_ended"))
                .singleElement()
                .satisfies(line -> assertThat(
                                line.path("payload").path("requested_by").asText())
                        .isEqualTo("host-operator"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forget_agent | {\"zeta\":1,\"schema_version\":1} | bad_request",
                "forget_agent | {\"schema_version\":1} | schema_version_newer",
                "forget_agent | {} | bad_request",
                "forget_agent | {\"agent_id\":3} | bad_request",
                "end_agent | {\"zeta\":1} | bad_request",
                "end_agent | {\"agent_id\":\"nobody\"} | value_out_of_set",
                "end_agent | {\"agent_id\":\"agt_ffffffffffff\"} | agent_not_found",
                "forget_agent | {\"agent_id\":\"nobody\"} | value_out_of_set",
                "forget_agent | {\"agent_id\":\"active\"} | value_out_of_set",
                "forget_agent | {\"agent_id\":\"agt_ffffffffffff\"} | agent_not_found",
                "forget_agent | {\"agent_id\":\"ended\",\"caller_pane\":3} | bad_request",
                "prune_agents | {\"zeta\":1} | bad_request",
                "prune_agents | {\"schema_version\":1} | schema_version_newer",
                "prune_agents | {\"older_than_seconds\":-1} | bad_request",
                "prune_agents | {\"older_than_seconds\":\"7d\"} | bad_request",
                "prune_agents | {\"older_than_seconds\":9999999999999} | bad_request",
                "prune_agents | {\"before\":\"yesterday\"} | bad_request",
                "prune_agents | {\"before\":\"2026-05-05T00:00:00.000000+00:00\",\"older_than_seconds\":1} | bad_request",
                "prune_agents | {\"dry_run\":1} | bad_request"
            })
    void a_removal_that_breaks_a_rule_is_refused(String method, String params, String code) {
        refusal(TOWER.exchange("{\"method\":\"" + method + "\",\"params\":" + params + "}"), code);
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(2);
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void an_active_agent_whose_pane_is_gone_can_be_forgotten() {
        TOWER.sql("UPDATE panes SET active = 0");
        result(TOWER.call("forget_agent", Map.of("agent_id", ACTIVE)));
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
    }

    @Test
    void pruning_removes_what_a_dry_run_shows() {
        JsonNode shown = result(TOWER.call("prune_agents", Map.of("dry_run", true)));
        assertThat(keys(shown)).containsExactly("before", "dry_run", "agents");
        assertThat(each(shown.path("agents"), "agent_id")).containsExactly(ENDED);
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(2);
        JsonNode pruned = result(
                TOWER.call("prune_agents", Map.of("before", shown.path("before").asText())));
        assertThat(pruned.path("before")).isEqualTo(shown.path("before"));
        assertThat(each(pruned.path("agents"), "agent_id")).containsExactly(ENDED);
        assertThat(each(pruned.path("agents"), "canceled_messages")).containsExactly("0");
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
    }

    @Test
    void what_ended_just_now_is_not_pruned() {
        result(TOWER.call("register_agent", Map.of("container_id", BENCH, "pane_composite_key", key(BENCH, 0))));
        TOWER.sql(
                "UPDATE agents SET active = 0 WHERE agent_id <> '" + ENDED + "'",
                "DELETE FROM agents WHERE label = 'active'");
        assertThat(each(result(TOWER.call("prune_agents")).path("agents"), "agent_id"))
                .containsExactly(ENDED);
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
    }

    @Test
    void the_commands_forget_and_prune() {
        assertThat(TOWER.run("agent", "forget", "ended").orThrow().outLines())
                .containsExactly("agent_id=" + ENDED, "label=ended", "role=slave", "canceled_messages=0");
        CommandResult active = TOWER.run("agent", "forget", "active");
        assertThat(active.exitCode()).isEqualTo(3);
        assertThat(active.err()).contains("close its pane first").endsWith("code: value_out_of_set\n");
        assertThat(TOWER.run("agent", "forget", ENDED).exitCode()).isEqualTo(4);
        assertThat(TOWER.run("agent", "forget", "ended").exitCode()).isEqualTo(4);
        assertThat(TOWER.run("logs", "ended").exitCode()).isEqualTo(4);

        TOWER.sql("UPDATE agents SET active = 0");
        assertThat(TOWER.run("agent", "prune").err()).contains("add --yes").endsWith("code: bad_request\n");
        assertThat(TOWER.run("agent", "prune", "--older-than", "soon").exitCode())
                .isEqualTo(2);
        assertThat(TOWER.run("agent", "prune", "--dry-run").orThrow().outLines())
                .first()
                .isEqualTo("AGENT_ID\tLABEL\tROLE\tCONTAINER\tPANE\tLAST_SEEN");
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
        JsonNode pruned = result(json(TOWER.run("agent", "prune", "--older-than", "1s", "--yes", "--json")
                .orThrow()
                .out()));
        assertThat(each(pruned.path("agents"), "agent_id")).containsExactly(ACTIVE);
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(0);
    }
}
