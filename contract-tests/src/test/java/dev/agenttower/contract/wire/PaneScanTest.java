package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Answers.tree;
import static dev.agenttower.contract.wire.Scripts.bench;
import static dev.agenttower.contract.wire.Scripts.engine;
import static dev.agenttower.contract.wire.Scripts.failure;
import static dev.agenttower.contract.wire.Scripts.pane;
import static dev.agenttower.contract.wire.Scripts.tmux;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaneScanTest {
    private static final String DOCKER = "AGENTTOWER_TEST_DOCKER_FAKE";
    private static final String TMUX = "AGENTTOWER_TEST_TMUX_FAKE";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00";
    private static final String DEFAULT = "/tmp/tmux-1000/default";
    private static final String WORK = "/tmp/tmux-1000/work";
    private static final String BENCH = "a".repeat(64);

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script(DOCKER, "{}").script(TMUX, "{}").start();
    }

    @BeforeEach
    void begin() {
        files.forget();
        TOWER.script(DOCKER, engine(BENCH, "py-bench")).script(TMUX, tmux(Map.of()));
        result(TOWER.call("scan_containers"));
    }

    private static JsonNode scan(Map<String, ?> benches) {
        TOWER.script(TMUX, tmux(benches));
        return result(TOWER.call("scan_panes"));
    }

    private static JsonNode scanDefault(Object... panes) {
        return scan(Map.of(BENCH, bench(Map.of("default", List.of(panes)))));
    }

    private static JsonNode panes() {
        return result(TOWER.call("list_panes")).path("panes");
    }

    /** Containers, sockets, seen, newly active, reconciled, skipped, tmux unavailable. */
    private static List<Integer> counts(JsonNode scan) {
        return List.of(
                scan.path("containers_scanned").asInt(-1),
                scan.path("sockets_scanned").asInt(-1),
                scan.path("panes_seen").asInt(-1),
                scan.path("panes_newly_active").asInt(-1),
                scan.path("panes_reconciled_to_inactive").asInt(-1),
                scan.path("containers_skipped_inactive").asInt(-1),
                scan.path("containers_tmux_unavailable").asInt(-1));
    }

    private static List<String> activity(JsonNode panes) {
        return IntStream.range(0, panes.size())
                .mapToObj(i -> panes.path(i).path("tmux_pane_id").asText()
                        + (panes.path(i).path("active").asBoolean() ? "+" : "-"))
                .toList();
    }

    @Test
    void a_healthy_scan() {
        JsonNode scan = scanDefault(pane(0), pane(1), pane(2));
        assertThat(keys(scan))
                .containsExactly(
                        "scan_id",
                        "started_at",
                        "completed_at",
                        "status",
                        "containers_scanned",
                        "sockets_scanned",
                        "panes_seen",
                        "panes_newly_active",
                        "panes_reconciled_to_inactive",
                        "containers_skipped_inactive",
                        "containers_tmux_unavailable",
                        "error_code",
                        "error_message",
                        "error_details");
        assertThat(scan.path("status").asText()).isEqualTo("ok");
        assertThat(counts(scan)).containsExactly(1, 1, 3, 3, 0, 0, 0);
        assertThat(scan.path("error_code").isNull()).isTrue();
        assertThat(scan.path("error_message").isNull()).isTrue();
        assertThat(scan.path("error_details")).isEqualTo(tree(List.of()));
        assertThat(scan.path("started_at").asText()).matches(TIME);
        listed(scan);
        assertThat(files.rows("SELECT container_id, tmux_socket_path, tmux_pane_id, active FROM panes"
                        + " ORDER BY tmux_pane_id"))
                .containsExactly(
                        List.of(BENCH, DEFAULT, "%0", 1),
                        List.of(BENCH, DEFAULT, "%1", 1),
                        List.of(BENCH, DEFAULT, "%2", 1));
        assertThat(files.row("SELECT scan_id, status, containers_scanned, sockets_scanned, panes_seen,"
                        + " panes_newly_active, panes_reconciled_inactive, error_code, error_details_json"
                        + " FROM pane_scans"))
                .containsExactly(scan.path("scan_id").asText(), "ok", 1, 1, 3, 3, 0, null, null);
        assertThat(files.auditLines()).isEmpty();
        String id = scan.path("scan_id").asText();
        assertThat(TOWER.log())
                .contains("level=info\tevent=pane_scan_started\tscan_id=" + id + "\n")
                .contains("level=info\tevent=pane_scan_completed\tscan_id=" + id
                        + "\tstatus=ok\tcontainers=1\tsockets=1\tpanes_seen=3\tnewly_active=3\tinactivated=0"
                        + "\tskipped_inactive=0\ttmux_unavailable=0\terror=\n");
    }

    private static void listed(JsonNode scan) {
        JsonNode listing = result(TOWER.call("list_panes"));
        assertThat(keys(listing)).containsExactly("filter", "container_filter", "panes");
        assertThat(listing.path("filter").asText()).isEqualTo("all");
        assertThat(listing.path("container_filter").isNull()).isTrue();
        JsonNode row = listing.path("panes").path(1);
        assertThat(keys(row))
                .containsExactly(
                        "container_id",
                        "container_name",
                        "container_user",
                        "tmux_socket_path",
                        "tmux_session_name",
                        "tmux_window_index",
                        "tmux_pane_index",
                        "tmux_pane_id",
                        "pane_pid",
                        "pane_tty",
                        "pane_current_command",
                        "pane_current_path",
                        "pane_title",
                        "pane_active",
                        "active",
                        "first_seen_at",
                        "last_scanned_at");
        String at = scan.path("started_at").asText();
        assertThat(row)
                .isEqualTo(json(("{'container_id':'" + BENCH
                                + "','container_name':'py-bench','container_user':'dev','tmux_socket_path':'" + DEFAULT
                                + "','tmux_session_name':'main','tmux_window_index':0,'tmux_pane_index':1,"
                                + "'tmux_pane_id':'%1','pane_pid':1001,'pane_tty':'/dev/pts/1',"
                                + "'pane_current_command':'bash','pane_current_path':'/workspace',"
                                + "'pane_title':'title 1','pane_active':false,'active':true,'first_seen_at':'" + at
                                + "','last_scanned_at':'" + at + "'}")
                        .replace('\'', '"')));
    }

    @Test
    void a_closed_pane_becomes_inactive_and_a_later_one_active_again() {
        String first = scanDefault(pane(0), pane(1)).path("started_at").asText();
        JsonNode second = scanDefault(pane(0));
        assertThat(counts(second)).containsExactly(1, 1, 1, 0, 1, 0, 0);
        assertThat(activity(panes())).containsExactly("%0+", "%1-");
        assertThat(panes().path(1).path("last_scanned_at").asText())
                .isEqualTo(second.path("started_at").asText())
                .isGreaterThan(first);
        JsonNode third = scanDefault(pane(0));
        assertThat(counts(third)).containsExactly(1, 1, 1, 0, 0, 0, 0);
        assertThat(panes().path(1).path("last_scanned_at").asText())
                .as("inactive and unseen: untouched")
                .isEqualTo(second.path("started_at").asText());
        JsonNode back = scanDefault(pane(0), pane(1));
        assertThat(counts(back)).containsExactly(1, 1, 2, 1, 0, 0, 0);
        assertThat(each(panes(), "first_seen_at")).containsExactly(first, first);
    }

    @Test
    void a_socket_that_is_no_longer_listed_has_no_panes() {
        JsonNode first = scan(Map.of(
                BENCH,
                bench(Map.of(
                        "default", List.of(pane(0), pane(1), pane(2)),
                        "work", List.of(pane("w", 0, 0, "%0"), pane("w", 0, 1, "%1"))))));
        assertThat(counts(first)).containsExactly(1, 2, 5, 5, 0, 0, 0);
        JsonNode second = scanDefault(pane(0), pane(1), pane(2));
        assertThat(counts(second)).containsExactly(1, 1, 3, 0, 2, 0, 0);
        assertThat(panes()).hasSize(5);
        assertThat(files.rows("SELECT active, last_scanned_at FROM panes WHERE tmux_socket_path = '" + WORK + "'"))
                .containsExactly(
                        List.of(0, second.path("started_at").asText()),
                        List.of(0, second.path("started_at").asText()));
    }

    @Test
    void a_socket_that_fails_beside_one_that_answers_keeps_its_panes() {
        scan(Map.of(BENCH, bench(Map.of("default", List.of(pane(0)), "work", List.of(pane("w", 0, 0, "%0"))))));
        Map<String, Object> sockets = new LinkedHashMap<>();
        sockets.put("default", List.of(pane(0)));
        sockets.put("work", failure("tmux_no_server", "no server running"));
        JsonNode scan = scan(Map.of(BENCH, bench(sockets)));
        assertThat(scan.path("status").asText()).isEqualTo("degraded");
        assertThat(counts(scan)).containsExactly(1, 2, 1, 0, 0, 0, 0);
        assertThat(scan.path("error_code").asText()).isEqualTo("tmux_no_server");
        JsonNode detail = scan.path("error_details").path(0);
        assertThat(keys(detail)).containsExactly("container_id", "error_code", "error_message", "tmux_socket_path");
        assertThat(detail.path("container_id").asText()).isEqualTo(BENCH);
        assertThat(detail.path("error_code").asText()).isEqualTo("tmux_no_server");
        assertThat(detail.path("error_message").asText()).isEqualTo("no server running");
        assertThat(detail.path("tmux_socket_path").asText()).isEqualTo(WORK);
        assertThat(files.row("SELECT active, last_scanned_at FROM panes WHERE tmux_socket_path = '" + WORK + "'"))
                .containsExactly(1, scan.path("started_at").asText());
        assertThat(files.audit()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("pane_scan_degraded");
            assertThat(keys(event.path("payload")))
                    .containsExactly("scan_id", "error_code", "error_message", "error_details");
            assertThat(event.path("payload").path("error_details")).isEqualTo(scan.path("error_details"));
        });
        assertThat(json((String) files.value("SELECT error_details_json FROM pane_scans WHERE status = 'degraded'")))
                .isEqualTo(scan.path("error_details"));
    }

    @Test
    void a_bench_whose_only_socket_fails_keeps_its_panes() {
        scanDefault(pane(0));
        JsonNode scan = scan(Map.of(BENCH, bench(Map.of("default", failure("tmux_no_server", "gone")))));
        assertThat(scan.path("status").asText()).isEqualTo("degraded");
        assertThat(counts(scan)).containsExactly(1, 1, 0, 0, 0, 0, 1);
        assertThat(files.row("SELECT active, last_scanned_at FROM panes"))
                .containsExactly(1, scan.path("started_at").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id_u_failure\":\"tmux_unavailable\"} | tmux_unavailable",
                "{\"id_u_failure\":{\"code\":\"docker_exec_timeout\",\"message\":\"late\"}} | docker_exec_timeout",
                "{\"id_u_failure\":{\"message\":\"x\"}} | docker_exec_failed",
                "{} | output_malformed",
                "{\"uid\":1000,\"socket_dir_missing\":true} | socket_dir_missing",
                "{\"uid\":\"1000\",\"socket_unreadable\":true} | socket_unreadable",
                "{\"uid\":\"1000\",\"socket_listing_failure\":\"docker_exec_failed\"} | docker_exec_failed",
                "3 | output_malformed"
            })
    void a_bench_that_cannot_be_asked_keeps_its_panes(String bench, String code) {
        scanDefault(pane(0));
        JsonNode scan = scan(Map.of(BENCH, json(bench)));
        assertThat(scan.path("status").asText()).isEqualTo("degraded");
        assertThat(counts(scan)).containsExactly(1, 0, 0, 0, 0, 0, 1);
        assertThat(scan.path("error_code").asText()).isEqualTo(code);
        assertThat(scan.path("error_details")).hasSize(1);
        assertThat(keys(scan.path("error_details").path(0)))
                .containsExactly("container_id", "error_code", "error_message");
        assertThat(files.row("SELECT active, last_scanned_at FROM panes"))
                .containsExactly(1, scan.path("started_at").asText());
    }

    @Test
    void a_bench_that_is_in_no_script_cannot_be_asked() {
        assertThat(scan(Map.of()).path("error_code").asText()).isEqualTo("docker_exec_failed");
    }

    @Test
    void a_bench_that_fails_does_not_stop_the_next() {
        TOWER.script(DOCKER, engine("A", "bench-a", "B", "bench-b"));
        result(TOWER.call("scan_containers"));
        JsonNode scan = scan(Map.of(
                "A", json("{\"id_u_failure\":{\"code\":\"docker_exec_timeout\",\"message\":\"late\"}}"),
                "B", bench(Map.of("default", List.of(pane(0))))));
        assertThat(counts(scan)).containsExactly(2, 1, 1, 1, 0, 0, 1);
        assertThat(scan.path("error_code").asText()).isEqualTo("docker_exec_timeout");
        assertThat(each(scan.path("error_details"), "container_id")).containsExactly("A");
        assertThat(scan.path("error_details").path(0).has("tmux_socket_path")).isFalse();
        assertThat(each(panes(), "container_id")).containsExactly("B");
    }

    @Test
    void details_follow_the_ids_of_the_containers() {
        TOWER.script(DOCKER, engine("C", "bench-c", "A", "bench-a", "B", "bench-b"));
        result(TOWER.call("scan_containers"));
        JsonNode scan = scan(Map.of());
        assertThat(each(scan.path("error_details"), "container_id")).containsExactly("A", "B", "C");
    }

    @Test
    void the_panes_of_a_container_that_is_gone_become_inactive_without_asking_it() {
        scanDefault(pane(0));
        TOWER.script(DOCKER, engine());
        result(TOWER.call("scan_containers"));
        JsonNode scan = scan(Map.of());
        assertThat(scan.path("status").asText()).isEqualTo("ok");
        assertThat(counts(scan)).containsExactly(0, 0, 0, 0, 1, 1, 0);
        JsonNode again = scan(Map.of());
        assertThat(counts(again)).containsExactly(0, 0, 0, 0, 0, 1, 0);
        assertThat(files.row("SELECT active, last_scanned_at FROM panes"))
                .containsExactly(0, again.path("started_at").asText());
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void a_lost_engine_refuses_the_scan() {
        scanDefault(pane(0));
        JsonNode before = panes();
        TOWER.script(
                TMUX,
                tmux(Map.of(BENCH, json("{\"id_u_failure\":{\"code\":\"docker_unavailable\",\"message\":\"no\"}}"))));
        assertThat(refusal(TOWER.call("scan_panes"), "docker_unavailable")).isEqualTo("no");
        assertThat(panes()).isEqualTo(before);
        assertThat(files.row("SELECT containers_scanned, sockets_scanned, panes_seen, error_code, error_details_json"
                        + " FROM pane_scans WHERE status = 'degraded'"))
                .isEqualTo(Arrays.asList(0, 0, 0, "docker_unavailable", null));
        assertThat(files.audit()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("pane_scan_degraded");
            assertThat(event.path("payload").path("error_details")).isEqualTo(tree(List.of()));
        });
        CommandResult command = TOWER.run("scan", "--panes");
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.err().lines()).containsExactly("error: no", "code: docker_unavailable");
        result(TOWER.call("status"));
    }

    @Test
    void a_script_that_lacks_what_a_pane_must_have_is_a_fault_of_the_daemon() {
        TOWER.script(TMUX, tmux(Map.of(BENCH, bench(Map.of("default", List.of(Map.of("pane_id", "%0")))))));
        refusal(TOWER.call("scan_panes"), "internal_error");
        assertThat(files.rows("SELECT 1 FROM pane_scans")).isEmpty();
    }

    @Test
    void long_fields_are_cut_and_told() {
        Map<String, Object> pane = pane(0);
        pane.put("pane_title", "t\u0007" + "ü".repeat(3000));
        pane.put("pane_current_path", "/" + "p".repeat(4096));
        pane.put("pane_current_command", "a\tb\nc\u007f\u0000d");
        JsonNode scan = scanDefault(pane);
        assertThat(scan.path("status").asText()).isEqualTo("degraded");
        assertThat(counts(scan)).containsExactly(1, 1, 1, 1, 0, 0, 0);
        assertThat(scan.path("error_code").asText()).isEqualTo("output_malformed");
        JsonNode detail = scan.path("error_details").path(0);
        assertThat(detail.path("tmux_socket_path").asText()).isEqualTo(DEFAULT);
        assertThat(detail.path("error_message").asText()).contains("2 pane field");
        assertThat(each(detail.path("pane_truncations"), "field"))
                .containsExactlyInAnyOrder("pane_title", "pane_current_path");
        assertThat(each(detail.path("pane_truncations"), "tmux_pane_id")).containsOnly("%0");
        assertThat(each(detail.path("pane_truncations"), "original_len")).containsExactlyInAnyOrder("3001", "4097");
        JsonNode row = panes().path(0);
        assertThat(row.path("pane_title").asText()).isEqualTo("t" + "ü".repeat(2047));
        assertThat(row.path("pane_current_path").asText()).hasSize(4096);
        assertThat(row.path("pane_current_command").asText()).isEqualTo("a b cd");
        JsonNode told = files.audit()
                .get(0)
                .path("payload")
                .path("error_details")
                .path(0)
                .path("pane_truncations");
        assertThat(keys(told.path(0)))
                .containsExactly("tmux_pane_id", "tmux_socket_path", "container_id", "field", "original_len");
    }

    @Test
    void equal_pane_ids_on_two_sockets_are_two_panes() {
        scan(Map.of(BENCH, bench(Map.of("default", List.of(pane(0)), "work", List.of(pane(0))))));
        assertThat(each(panes(), "tmux_socket_path")).containsExactly(DEFAULT, WORK);
    }

    @Test
    void one_container_can_be_scanned_alone() {
        TOWER.script(DOCKER, engine("A", "bench-a", "B", "bench-b"));
        result(TOWER.call("scan_containers"));
        TOWER.script(
                TMUX,
                tmux(Map.of(
                        "A",
                        bench(Map.of("default", List.of(pane(0)))),
                        "B",
                        bench(Map.of("default", List.of(pane(0)))))));
        assertThat(counts(result(TOWER.call("scan_panes", Map.of("container", "B")))))
                .containsExactly(1, 1, 1, 1, 0, 0, 0);
        assertThat(each(panes(), "container_id")).containsExactly("B");
        for (String unknown : List.of("bench-a", "a", "")) {
            JsonNode scan = result(TOWER.call("scan_panes", Map.of("container", unknown)));
            assertThat(scan.path("status").asText()).isEqualTo("ok");
            assertThat(counts(scan)).containsExactly(0, 0, 0, 0, 0, 0, 0);
        }
        assertThat(files.value("SELECT COUNT(*) FROM pane_scans")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "[]", "true", "{}"})
    void a_container_to_scan_or_list_is_named_by_text(String wrong) {
        for (String method : List.of("scan_panes", "list_panes")) {
            assertThat(refusal(
                            TOWER.exchange("{\"method\":\"" + method + "\",\"params\":{\"container\":" + wrong + "}}"),
                            "bad_request"))
                    .isEqualTo("params.container must be a string or null");
        }
        assertThat(files.rows("SELECT 1 FROM pane_scans")).isEmpty();
    }

    @Test
    void a_listing_looks_at_the_boolean_first() {
        assertThat(refusal(
                        TOWER.exchange("{\"method\":\"list_panes\",\"params\":{\"container\":3,\"active_only\":null}}"),
                        "bad_request"))
                .isEqualTo("params.active_only must be a boolean");
    }

    @Test
    void panes_are_listed_by_container_id_or_name() {
        TOWER.script(DOCKER, engine(BENCH, "py-bench", "b", "js-bench"));
        result(TOWER.call("scan_containers"));
        scan(Map.of(
                BENCH,
                bench(Map.of("default", List.of(pane(0), pane(1)))),
                "b",
                bench(Map.of("default", List.of(pane(0))))));
        scan(Map.of(
                BENCH, bench(Map.of("default", List.of(pane(1)))), "b", bench(Map.of("default", List.of(pane(0))))));
        assertThat(each(panes(), "container_name")).containsExactly("py-bench", "js-bench", "py-bench");
        JsonNode byId = result(TOWER.call("list_panes", Map.of("container", BENCH, "active_only", true)));
        assertThat(byId.path("filter").asText()).isEqualTo("active_only");
        assertThat(byId.path("container_filter").asText()).isEqualTo(BENCH);
        assertThat(activity(byId.path("panes"))).containsExactly("%1+");
        assertThat(result(TOWER.call("list_panes", Map.of("container", "py-bench")))
                        .path("panes"))
                .hasSize(2);
        for (String unknown : List.of("b", "py", "PY-BENCH", BENCH.toUpperCase(Locale.ROOT), "")) {
            JsonNode none = result(TOWER.call("list_panes", Map.of("container", unknown)));
            assertThat(none.path("panes")).isEmpty();
            assertThat(none.path("container_filter").asText()).isEqualTo(unknown);
        }
    }

    @Test
    void panes_are_listed_in_order_and_only_with_their_container() {
        insertPane("b", WORK, "a", 0, 0, "%9", 1);
        insertPane(BENCH, WORK, "a", 10, 0, "%3", 1);
        insertPane(BENCH, WORK, "a", 9, 1, "%2", 1);
        insertPane(BENCH, WORK, "a", 9, 0, "%1", 0);
        insertPane(BENCH, DEFAULT, "z", 0, 0, "%4", 1);
        insertPane(BENCH, DEFAULT, "m", 0, 0, "%5", 1);
        assertThat(activity(panes())).containsExactly("%5+", "%4+", "%2+", "%3+", "%1-");
        assertThat(panes().path(0).path("first_seen_at").asText()).isEqualTo("2026-05-05T00:00:00Z");
    }

    private static void insertPane(
            String container, String socket, String session, int window, int index, String id, int active) {
        TOWER.sql("INSERT OR REPLACE INTO panes (container_id, tmux_socket_path, tmux_session_name, tmux_window_index,"
                + " tmux_pane_index, tmux_pane_id, container_name, container_user, pane_pid, pane_tty,"
                + " pane_current_command, pane_current_path, pane_title, pane_active, active, first_seen_at,"
                + " last_scanned_at) VALUES ('" + container + "', '" + socket + "', '" + session + "', " + window + ", "
                + index + ", '" + id + "', 'py-bench', '', 0, '', '', '', '', 0, " + active
                + ", '2026-05-05T00:00:00Z', '2026-05-05T00:00:00.000Z')");
    }

    @Test
    void agents_and_logs_follow_their_panes_but_do_not_come_back_with_them() {
        String first = scanDefault(pane(0), pane(1)).path("started_at").asText();
        TOWER.sql(
                agent("agt_000000000000", 0),
                agent("agt_000000000001", 1),
                attachment("lat_000000000001", "agt_000000000001", 1, "active"),
                attachment("lat_000000000002", "agt_000000000001", 1, "detached"),
                "INSERT INTO log_offsets (agent_id, log_path, byte_offset, created_at, updated_at)"
                        + " VALUES ('agt_000000000001', '/l/lat_000000000001', 7, 'x', 'x')");
        JsonNode scan = scanDefault(pane(0));
        String at = scan.path("started_at").asText();
        assertThat(at).isGreaterThan(first);
        assertThat(files.rows("SELECT agent_id, active, last_seen_at FROM agents ORDER BY agent_id"))
                .containsExactly(List.of("agt_000000000000", 1, at), Arrays.asList("agt_000000000001", 0, null));
        assertThat(files.rows("SELECT status, last_status_at FROM log_attachments ORDER BY attachment_id"))
                .containsExactly(List.of("stale", at), List.of("detached", "x"));
        assertThat(files.value("SELECT byte_offset FROM log_offsets")).isEqualTo(7);
        assertThat(files.audit()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("log_attachment_change");
            assertThat(event.path("payload"))
                    .isEqualTo(json(("{'attachment_id':'lat_000000000001','agent_id':'agt_000000000001',"
                                    + "'prior_status':'active','new_status':'stale',"
                                    + "'prior_path':'/l/lat_000000000001','new_path':'/l/lat_000000000001',"
                                    + "'prior_pipe_target':'old','source':'register_self','socket_peer_uid':"
                                    + ownUid() + "}")
                            .replace('\'', '"')));
        });
        scanDefault(pane(0), pane(1));
        assertThat(files.value("SELECT active FROM agents WHERE agent_id = 'agt_000000000001'"))
                .isEqualTo(0);
        assertThat(files.value("SELECT status FROM log_attachments WHERE attachment_id = 'lat_000000000001'"))
                .isEqualTo("stale");
    }

    private static long ownUid() {
        try {
            return ((Number) Files.getAttribute(TOWER.home(), "unix:uid")).longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String agent(String id, int pane) {
        return "INSERT INTO agents (agent_id, container_id, tmux_socket_path, tmux_session_name, tmux_window_index,"
                + " tmux_pane_index, tmux_pane_id, role, capability, effective_permissions, created_at,"
                + " last_registered_at, active) VALUES ('" + id + "', '" + BENCH + "', '" + DEFAULT + "', 'main', 0, "
                + pane + ", '%" + pane + "', 'slave', 'codex', '{}', 'x', 'x', 1)";
    }

    private static String attachment(String id, String agent, int pane, String status) {
        return "INSERT INTO log_attachments (attachment_id, agent_id, container_id, tmux_socket_path,"
                + " tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id, log_path, status, source,"
                + " pipe_pane_command, prior_pipe_target, attached_at, last_status_at, created_at) VALUES ('" + id
                + "', '" + agent + "', '" + BENCH + "', '" + DEFAULT + "', 'main', 0, " + pane + ", '%" + pane
                + "', '/l/" + id + "', '" + status + "', 'register_self', 'c', 'old', 'x', 'x', 'x')";
    }

    @Test
    void ten_thousand_panes_of_the_past_do_not_break_a_scan() {
        TOWER.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                + " INSERT INTO panes SELECT '" + BENCH + "', '" + DEFAULT
                + "', 'old', i, 0, '%' || i, 'py-bench', '', 0, '', '', '', '', 0, 1, 'x', 'x' FROM n");
        JsonNode scan = scanDefault(pane("now", 0, 0, "%1"));
        assertThat(counts(scan)).containsExactly(1, 1, 1, 1, 10_000, 0, 0);
        assertThat(result(TOWER.call("list_panes")).path("panes")).hasSize(10_001);
    }

    @Test
    void the_command_prints_a_healthy_scan() {
        TOWER.script(TMUX, tmux(Map.of(BENCH, bench(Map.of("default", List.of(pane(0)))))));
        CommandResult text = TOWER.run("scan", "--panes").orThrow();
        assertThat(text.err()).isEmpty();
        assertThat(text.outLines().stream().map(line -> line.split("=", 2)[0]))
                .containsExactly(
                        "scan_id",
                        "status",
                        "containers_scanned",
                        "sockets_scanned",
                        "panes_seen",
                        "panes_newly_active",
                        "panes_reconciled_inactive",
                        "containers_skipped_inactive",
                        "containers_tmux_unavailable",
                        "duration_ms");
        assertThat(text.outLines()).contains("status=ok", "panes_seen=1", "panes_newly_active=1");
    }

    @Test
    void the_command_scans_both_in_turn() {
        TOWER.script(TMUX, tmux(Map.of(BENCH, bench(Map.of("default", List.of(pane(0)))))));
        List<String> text =
                TOWER.run("scan", "--panes", "--containers").orThrow().outLines();
        assertThat(text).hasSize(6 + 1 + 10);
        assertThat(text.get(2)).isEqualTo("matched=1");
        assertThat(text.get(6)).isEmpty();
        List<String> lines =
                TOWER.run("scan", "--containers", "--panes", "--json").orThrow().outLines();
        assertThat(lines).hasSize(2);
        assertThat(result(json(lines.get(0))).has("matched_count")).isTrue();
        assertThat(result(json(lines.get(1))).has("panes_seen")).isTrue();
    }

    @Test
    void the_command_stops_at_a_refusal_and_ends_with_five_where_one_is_degraded() {
        TOWER.script(DOCKER, Scripts.failingEngine("list_running", "timeout", "late"));
        CommandResult refused = TOWER.run("scan", "--containers", "--panes", "--json");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.outLines()).hasSize(1);
        assertThat(files.rows("SELECT 1 FROM pane_scans")).isEmpty();
        TOWER.script(DOCKER, engine(BENCH, "py-bench")).script(TMUX, tmux(Map.of()));
        CommandResult degraded = TOWER.run("scan", "--containers", "--panes", "--json");
        assertThat(degraded.exitCode()).isEqualTo(5);
        assertThat(degraded.err()).isEmpty();
        assertThat(degraded.outLines()).hasSize(2);
    }

    @Test
    void the_command_tells_ten_details_at_most() {
        String[] benches = IntStream.range(0, 12)
                .boxed()
                .flatMap(i -> Stream.of("c%02d".formatted(i), "bench-" + i))
                .toArray(String[]::new);
        TOWER.script(DOCKER, engine(benches));
        result(TOWER.call("scan_containers"));
        TOWER.script(
                TMUX, tmux(Map.of("c00", bench(Map.of("default", failure("tmux_no_server", "no server running"))))));
        CommandResult degraded = TOWER.run("scan", "--panes");
        assertThat(degraded.exitCode()).isEqualTo(5);
        assertThat(degraded.outLines()).hasSize(10).contains("status=degraded");
        List<String> err = degraded.err().lines().toList();
        assertThat(err.get(0)).isEqualTo("error: no server running");
        assertThat(err.get(1)).isEqualTo("code: tmux_no_server");
        assertThat(err.get(2)).isEqualTo("detail: c00 [socket=" + DEFAULT + "] tmux_no_server: no server running");
        assertThat(err.get(3)).startsWith("detail: c01 docker_exec_failed: ");
        assertThat(err.get(12)).isEqualTo("detail: ... (2 more)");
        assertThat(err).hasSize(13);
    }

    @Test
    void the_command_lists_panes() {
        String header =
                "ACTIVE\tFOCUSED\tCONTAINER\tSOCKET\tSESSION\tW\tP\tPANE_ID\tPID\tTTY\tCOMMAND\tCWD\tLAST_SCANNED";
        assertThat(TOWER.run("list-panes").orThrow().out()).isEqualTo(header + "\n");
        scanDefault(pane(0), pane(1));
        scanDefault(pane(0));
        List<String> lines = TOWER.run("list-panes").orThrow().outLines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(header);
        assertThat(lines.get(1))
                .startsWith("1\t1\tpy-bench\t" + DEFAULT + "\tmain\t0\t0\t%0\t1000\t/dev/pts/0\tbash\t/workspace\t20");
        assertThat(lines.get(1).split("\t", -1)).hasSize(13);
        assertThat(lines.get(2)).startsWith("0\t0\tpy-bench\t");
        assertThat(TOWER.run("list-panes", "--active-only", "--container", "py-bench")
                        .orThrow()
                        .outLines())
                .hasSize(2);
        JsonNode none = result(json(TOWER.run("list-panes", "--cont=does-not-exist", "--json")
                .orThrow()
                .out()));
        assertThat(none.path("panes")).isEqualTo(tree(List.of()));
        assertThat(none.path("container_filter").asText()).isEqualTo("does-not-exist");
    }
}
