package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.World.BENCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AppListsTest {
    private static final String OTHER = "b".repeat(64);

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private static String token = "";

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.start();
        token = TOWER.hello();
    }

    @BeforeEach
    void begin() {
        files.forget();
        world.container(BENCH, "py-bench", true)
                .container(OTHER, "js-bench", true)
                .container("off", "a-bench", false);
        world.pane(BENCH, 0, true).pane(BENCH, 1, true).pane(BENCH, 2, false).pane(OTHER, 3, true);
        world.agent("agt_000000000001", BENCH, 1, "slave", "codex", "l", true).log("agt_000000000001", "active");
        world.agent("agt_000000000002", BENCH, 2, "master", "claude", "m", false);
        world.agent("agt_000000000004", OTHER, 5, "slave", "codex", "n", true).log("agt_000000000004", "stale");
        world.agent("a1", "c1", 0, "unknown", "unknown", "", true);
    }

    /** Calls a method with these parameters, written as JSON with single quotes. */
    private static JsonNode call(String method, String params) {
        ObjectNode node = (ObjectNode) json(params.replace('\'', '"'));
        ObjectNode request = Answers.JSON.createObjectNode().put("method", method);
        request.set("params", node.put("app_session_token", token));
        return TOWER.exchange(request.toString());
    }

    private static JsonNode list(String entity, String params) {
        JsonNode list = appResult(call("app." + entity + ".list", params));
        assertThat(keys(list)).containsExactlyInAnyOrder("rows", "total", "total_estimate", "cursor_next", "ordering");
        assertThat(list.path("total").isIntegralNumber()).isTrue();
        assertThat(list.path("total_estimate").isNull()).isTrue();
        return list;
    }

    private static List<String> ids(String entity, String params) {
        JsonNode list = list(entity, params);
        List<String> ids = each(list.path("rows"), entity + "_id");
        assertThat(list.path("total").asInt()).isEqualTo(ids.size());
        assertThat(list.path("cursor_next").isNull()).isTrue();
        return ids;
    }

    private static String shortened(List<String> ids) {
        return String.join(
                " ",
                ids.stream()
                        .map(id -> id.replace(BENCH, "A").replace(OTHER, "B").replaceFirst("agt_0+", ""))
                        .toList());
    }

    @Test
    void a_container_has_its_view() {
        JsonNode row = list("container", "{'filters':{'state':'active'},'limit':1,'order_by':'name:desc'}")
                .path("rows")
                .path(0);
        assertThat(keys(row))
                .containsExactlyInAnyOrder(
                        "container_id",
                        "name",
                        "state",
                        "image",
                        "first_seen_at",
                        "last_scanned_at",
                        "pane_count",
                        "registered_agent_count");
        assertThat(row.path("container_id").asText()).isEqualTo(BENCH);
        assertThat(row.path("name").asText()).isEqualTo("py-bench");
        assertThat(row.path("state").asText()).isEqualTo("active");
        assertThat(row.path("image").asText()).isEqualTo("img");
        assertThat(row.path("first_seen_at").asText()).isEqualTo("2026-05-01T00:00:00.000000+00:00");
        assertThat(row.path("last_scanned_at").asText()).isEqualTo("2026-05-02T00:00:00.000000+00:00");
        assertThat(row.path("pane_count").asInt()).isPositive();
        assertThat(row.path("registered_agent_count").asInt()).isPositive();
        assertThat(appResult(call("app.container.detail", "{'container_id':'" + BENCH + "'}")))
                .isEqualTo(Answers.JSON.createObjectNode().set("row", row));
    }

    @Test
    void a_pane_has_its_view() {
        JsonNode row =
                list("pane", "{'filters':{'registered':true}}").path("rows").path(0);
        assertThat(row)
                .isEqualTo(json(("{'pane_id':'%1','container_id':'" + BENCH + "','container_name':'py-bench',"
                                + "'tmux_socket':'" + World.SOCKET + "','session_name':'main','window_index':0,"
                                + "'pane_index':1,'registered':true,'agent_id':'agt_000000000001',"
                                + "'discovered_at':'2026-05-03T00:00:00.000000+00:00',"
                                + "'last_seen_at':'2026-05-04T00:00:00.000000+00:00'}")
                        .replace('\'', '"')));
        assertThat(appResult(call("app.pane.detail", "{'pane_id':'%1'}")).path("row"))
                .isEqualTo(row);
        JsonNode free = appResult(call("app.pane.detail", "{'pane_id':'%2'}")).path("row");
        assertThat(free.path("registered").asBoolean(true)).isFalse();
        assertThat(free.path("agent_id").isNull()).isTrue();
    }

    @Test
    void an_agent_has_its_view() {
        JsonNode row = appResult(call("app.agent.detail", "{'agent_id':'agt_000000000001'}"))
                .path("row");
        assertThat(row)
                .isEqualTo(json(("{'agent_id':'agt_000000000001','role':'slave','role_priority':2,"
                                + "'capability':'codex','label':'l','project_path':'','parent_agent_id':null,"
                                + "'container_id':'" + BENCH + "','pane_id':'%1',"
                                + "'registered_at':'2026-05-02T00:00:00.000000+00:00','log_attached':true,"
                                + "'pane_active':true,'state':'unknown','state_since':null,'state_detail':'',"
                                + "'state_evidence':null,'governance_project':null,'governance_role':null,"
                                + "'governance_spec':null,'governance_session':null}")
                        .replace('\'', '"')));
        JsonNode lonely =
                appResult(call("app.agent.detail", "{'agent_id':'a1'}")).path("row");
        assertThat(keys(lonely)).containsExactlyInAnyOrderElementsOf(keys(row));
        assertThat(lonely.path("pane_active").asBoolean(true)).isFalse();
        assertThat(lonely.path("state").asText()).isEqualTo("ended");
        assertThat(lonely.path("log_attached").asBoolean(true)).isFalse();
        assertThat(lonely.path("role_priority").asInt()).isEqualTo(6);
        assertThat(list("agent", "{'filters':{'log_attached':true}}")
                        .path("rows")
                        .path(0))
                .isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "container | {} | off B A",
                "container | {'filters':null,'order_by':null,'cursor_next':null} | off B A",
                "container | {'order_by':'name'} | off B A",
                "container | {'order_by':'name:desc'} | A B off",
                "container | {'filters':{'state':'active'}} | B A",
                "container | {'filters':{'state':'inactive'}} | off",
                "container | {'filters':{'state':'degraded_scan'}} | ''",
                "container | {'filters':{'state':null}} | off B A",
                "container | {'filters':''} | off B A",
                "container | {'filters':[]} | off B A",
                "container | {'filters':0} | off B A",
                "container | {'filters':false} | off B A",
                "pane | {} | %3 %0 %1 %2",
                "pane | {'order_by':'default:desc'} | %2 %1 %0 %3",
                "pane | {'filters':{'registered':false}} | %3 %0 %2",
                "pane | {'filters':{'container_id':'js-bench'}} | %3",
                "pane | {'filters':{'container_id':'js'}} | ''",
                "pane | {'filters':{'container_id':'a * b'}} | ''",
                "agent | {} | 2 1 4 a1",
                "agent | {'order_by':'default:desc'} | a1 4 1 2",
                "agent | {'order_by':'registered_at'} | a1 1 2 4",
                "agent | {'order_by':'registered_at:desc'} | 4 2 1 a1",
                "agent | {'filters':{'role':'slave'}} | 1 4",
                "agent | {'filters':{'role':'nonsense'}} | ''",
                "agent | {'filters':{'role':'<boss>'}} | ''",
                "agent | {'filters':{'capability':'claude'}} | 2",
                "agent | {'filters':{'container_id':'aaaaaaaaaaaa'}} | 2 1",
                "agent | {'filters':{'log_attached':false}} | 2 4 a1",
                "agent | {'filters':{'role':'slave','log_attached':true}} | 1"
            })
    void rows_are_filtered_and_sorted(String entity, String params, String expected) {
        assertThat(shortened(ids(entity, params))).isEqualTo(expected);
    }

    @Test
    void a_filter_by_the_whole_id_of_a_container() {
        assertThat(ids("pane", "{'filters':{'container_id':'" + BENCH + "'}}")).containsExactly("%0", "%1", "%2");
        assertThat(shortened(ids("agent", "{'filters':{'container_id':'" + OTHER + "'}}")))
                .isEqualTo("4");
    }

    @Test
    void the_order_is_told() {
        assertThat(list("container", "{}").path("ordering").asText()).isEqualTo("name:asc");
        assertThat(list("pane", "{}").path("ordering").asText()).isEqualTo("default:asc");
        assertThat(list("agent", "{'order_by':'role'}").path("ordering").asText())
                .isEqualTo("role:asc");
        assertThat(list("container", "{'order_by':'last_scanned_at:desc'}")
                        .path("ordering")
                        .asText())
                .isEqualTo("last_scanned_at:desc");
    }

    @Test
    void panes_without_their_container_are_not_listed() {
        TOWER.sql("DELETE FROM containers WHERE container_id = '" + OTHER + "'");
        assertThat(ids("pane", "{}")).containsExactly("%0", "%1", "%2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "pane", "agent"})
    void every_list_refuses_what_breaks_a_rule(String entity) {
        String method = "app." + entity + ".list";
        assertInvalid(call(method, "{'limit':null,'order_by':7,'filters':7}"), "limit", "must be an integer");
        assertInvalid(call(method, "{'limit':true}"), "limit", "must be an integer");
        assertInvalid(call(method, "{'limit':'5'}"), "limit", "must be an integer");
        assertInvalid(call(method, "{'limit':0}"), "limit", "out of bounds [1, 200]");
        assertInvalid(call(method, "{'limit':201}"), "limit", "out of bounds [1, 200]");
        assertInvalid(call(method, "{'limit':99999999999}"), "limit", "out of bounds [1, 200]");
        assertInvalid(call(method, "{'order_by':7,'filters':7}"), "order_by", "wrong type");
        assertInvalid(call(method, "{'order_by':''}"), "order_by", "wrong type");
        assertInvalid(call(method, "{'order_by':'nonsense:up'}"), "order_by", "unknown field");
        assertInvalid(call(method, "{'order_by':':asc'}"), "order_by", "unknown field");
        String field = entity.equals("container") ? "name" : "default";
        assertInvalid(call(method, "{'order_by':'" + field + ":up'}"), "order_by", "bad direction suffix");
        assertInvalid(call(method, "{'order_by':'" + field + ":'}"), "order_by", "bad direction suffix");
        assertInvalid(call(method, "{'filters':7,'cursor_next':7}"), "filters", "wrong type");
        assertInvalid(call(method, "{'filters':['x']}"), "filters", "wrong type");
        assertInvalid(call(method, "{'filters':'x'}"), "filters", "wrong type");
        assertInvalid(call(method, "{'filters':{'nonsense':1}}"), "nonsense", "unknown filter");
        assertInvalid(call(method, "{'cursor_next':7}"), "cursor_next", "wrong type");
        assertInvalid(call(method, "{'cursor_next':'" + "x".repeat(513) + "'}"), "cursor_next", "too long");
        for (String cursor : List.of("", "x", "###", "====", "AAAA", "eyJvZmZzZXQiOjB9", "x".repeat(512))) {
            assertInvalid(call(method, "{'cursor_next':'" + cursor + "'}"), "cursor_next", "malformed");
        }
        appResult(call(method, "{'limit':200}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "container | {'state':7} | state | wrong type",
                "container | {'state':'nonsense'} | state | unknown value",
                "container | {'state':'>x','nonsense':1} | nonsense | unknown filter",
                "container | {'state':'act%'} | state | operator syntax not supported",
                "container | {'state':'x LIKE y'} | state | operator syntax not supported",
                "pane | {'container_id':7} | container_id | wrong type",
                "pane | {'registered':'true'} | registered | wrong type",
                "agent | {'role':7} | role | wrong type",
                "agent | {'capability':[]} | capability | wrong type",
                "agent | {'container_id':{}} | container_id | wrong type",
                "agent | {'log_attached':1} | log_attached | wrong type"
            })
    void a_filter_that_breaks_a_rule_is_refused(String entity, String filters, String field, String reason) {
        assertInvalid(call("app." + entity + ".list", "{'filters':" + filters + "}"), field, reason);
    }

    @Test
    void pages_are_contiguous_and_complete() {
        TOWER.sql("WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 399)"
                + " INSERT INTO panes SELECT '" + OTHER + "', '" + World.SOCKET
                + "', 's' || (i % 7), i, 0, '%' || i, 'js-bench', '', 0, '', '', '', '', 0, 1, 'x', 'x' FROM n");
        for (String order : List.of("default:asc", "default:desc", "discovered_at:asc", "last_seen_at:desc")) {
            List<String> whole = new ArrayList<>();
            String cursor = "null";
            do {
                JsonNode page = list("pane", "{'limit':77,'order_by':'" + order + "','cursor_next':" + cursor + "}");
                assertThat(page.path("total").asInt()).isEqualTo(304);
                whole.addAll(each(page.path("rows"), "pane_id"));
                JsonNode next = page.path("cursor_next");
                assertThat(next.asText()).hasSizeLessThanOrEqualTo(512);
                cursor = next.isNull() ? "" : "'" + next.asText() + "'";
            } while (!cursor.isEmpty());
            assertThat(whole).as(order).hasSize(304).doesNotHaveDuplicates();
        }
    }

    @Test
    void pages_stay_contiguous_while_rows_come_and_go() {
        JsonNode first = list("agent", "{'limit':2}");
        assertThat(shortened(each(first.path("rows"), "agent_id"))).isEqualTo("2 1");
        TOWER.sql("DELETE FROM agents WHERE agent_id = 'agt_000000000002'");
        JsonNode second = list(
                "agent",
                "{'limit':2,'cursor_next':'" + first.path("cursor_next").asText() + "'}");
        assertThat(shortened(each(second.path("rows"), "agent_id"))).isEqualTo("4 a1");
        assertThat(second.path("cursor_next").isNull()).isTrue();
    }

    @Test
    void a_cursor_belongs_to_its_order_and_filters() {
        String cursor = list("agent", "{'limit':1,'filters':{'role':'slave'}}")
                .path("cursor_next")
                .asText();
        String with = "'cursor_next':'" + cursor + "'";
        assertInvalid(
                call("app.agent.list", "{" + with + ",'order_by':'role','filters':{'role':'slave'}}"),
                "cursor_next",
                "order_by changed mid-pagination");
        assertInvalid(
                call("app.agent.list", "{" + with + ",'filters':{'role':'master'}}"),
                "cursor_next",
                "filters changed mid-pagination");
        assertInvalid(call("app.pane.list", "{" + with + "}"), "cursor_next", "malformed");
        assertThat(shortened(each(
                        list("agent", "{" + with + ",'limit':200,'filters':{'role':'slave'},'order_by':'default'}")
                                .path("rows"),
                        "agent_id")))
                .isEqualTo("4");
    }

    @Test
    void a_detail_needs_an_id_that_is_known() {
        for (String field : List.of("container_id", "pane_id", "agent_id")) {
            String method = "app." + field.replace("_id", "") + ".detail";
            for (String params :
                    List.of("{}", "{'" + field + "':null}", "{'" + field + "':''}", "{'" + field + "':7}")) {
                assertInvalid(call(method, params), field, "missing or wrong type");
            }
        }
        assertAppRefused(call("app.container.detail", "{'container_id':'nope'}"), "not_found", Map.of());
        assertAppRefused(call("app.pane.detail", "{'pane_id':'%99'}"), "pane_not_found", Map.of("pane_id", "%99"));
        assertAppRefused(
                call("app.agent.detail", "{'agent_id':'nope'}"), "agent_not_found", Map.of("agent_id", "nope"));
    }

    @Test
    void one_of_several_panes_with_an_id_is_the_active_one_or_the_one_of_the_container() {
        world.pane(OTHER, 2, true);
        assertThat(container("{'pane_id':'%2'}")).isEqualTo(OTHER);
        assertThat(container("{'pane_id':'%2','container_id':'" + BENCH + "'}")).isEqualTo(BENCH);
        assertThat(container("{'pane_id':'%2','container_id':'" + BENCH + "','tmux_socket':'" + World.SOCKET + "'}"))
                .isEqualTo(BENCH);
        assertAppRefused(
                call("app.pane.detail", "{'pane_id':'%2','tmux_socket':'/nope'}"),
                "pane_not_found",
                Map.of("pane_id", "%2"));
    }

    private static String container(String params) {
        return appResult(call("app.pane.detail", params))
                .path("row")
                .path("container_id")
                .asText();
    }

    @Test
    void reading_leaves_no_trace() {
        list("container", "{}");
        list("pane", "{}");
        list("agent", "{}");
        call("app.agent.detail", "{'agent_id':'nope'}");
        assertThat(files.auditLines()).isEmpty();
    }
}
