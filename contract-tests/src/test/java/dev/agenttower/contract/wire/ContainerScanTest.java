package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Answers.tree;
import static dev.agenttower.contract.wire.Scripts.engine;
import static dev.agenttower.contract.wire.Scripts.failingEngine;
import static dev.agenttower.contract.wire.Scripts.inspected;
import static dev.agenttower.contract.wire.Scripts.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerScanTest {
    private static final String DOCKER = "AGENTTOWER_TEST_DOCKER_FAKE";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00";
    private static final String SETTINGS = "[containers]\nname_contains = [\"bench\"]\nscan_interval_seconds = 5\n";

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script(DOCKER, "{}").script("AGENTTOWER_TEST_TMUX_FAKE", "{}").start();
    }

    @BeforeEach
    void begin() throws IOException {
        files.forget();
        settings(SETTINGS);
        TOWER.script(DOCKER, engine());
    }

    private static void settings(String toml) throws IOException {
        Files.writeString(TOWER.paths().configFile(), toml);
    }

    private static JsonNode scan() {
        return TOWER.call("scan_containers");
    }

    private static JsonNode list() {
        return result(TOWER.call("list_containers")).path("containers");
    }

    private static List<Integer> counts(JsonNode scan) {
        return List.of(
                scan.path("matched_count").asInt(),
                scan.path("inactive_reconciled_count").asInt(),
                scan.path("ignored_count").asInt());
    }

    @Test
    void a_healthy_scan() {
        TOWER.script(
                DOCKER,
                engine(
                        List.of(running("abc", "py-bench"), running("def", "redis")),
                        List.of(Map.ofEntries(
                                Map.entry("container_id", "abc"),
                                Map.entry("name", "py-bench"),
                                Map.entry("image", "ghcr.io/x:1"),
                                Map.entry("status", "running"),
                                Map.entry("labels", Map.of("k", "ä")),
                                Map.entry(
                                        "mounts",
                                        List.of(Map.of(
                                                "source", "/h",
                                                "target", "/workspace",
                                                "type", "bind",
                                                "mode", "rw",
                                                "rw", true))),
                                Map.entry("config_user", "user:1000"),
                                Map.entry("working_dir", "/workspace"),
                                Map.entry("env_keys", List.of("USER")))),
                        Map.of()));
        JsonNode scan = result(scan());
        assertThat(keys(scan))
                .containsExactly(
                        "scan_id",
                        "started_at",
                        "completed_at",
                        "status",
                        "matched_count",
                        "inactive_reconciled_count",
                        "ignored_count",
                        "error_code",
                        "error_message",
                        "error_details");
        assertThat(scan.path("scan_id").asText())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(scan.path("started_at").asText()).matches(TIME);
        assertThat(scan.path("completed_at").asText())
                .matches(TIME)
                .isGreaterThanOrEqualTo(scan.path("started_at").asText());
        assertThat(scan.path("status").asText()).isEqualTo("ok");
        assertThat(counts(scan)).containsExactly(1, 0, 1);
        assertThat(scan.path("error_code").isNull()).isTrue();
        assertThat(scan.path("error_message").isNull()).isTrue();
        assertThat(scan.path("error_details")).isEqualTo(tree(List.of()));
        listed(scan);
        stored(scan);
        assertThat(files.auditLines()).isEmpty();
        logged(scan);
    }

    private static void listed(JsonNode scan) {
        JsonNode listing = result(TOWER.call("list_containers"));
        assertThat(keys(listing)).containsExactly("filter", "containers");
        assertThat(listing.path("filter").asText()).isEqualTo("all");
        JsonNode row = listing.path("containers").path(0);
        assertThat(keys(row))
                .containsExactly(
                        "id",
                        "name",
                        "image",
                        "status",
                        "labels",
                        "mounts",
                        "active",
                        "first_seen_at",
                        "last_scanned_at",
                        "config_user",
                        "working_dir");
        assertThat(row.path("id").asText()).isEqualTo("abc");
        assertThat(row.path("name").asText()).isEqualTo("py-bench");
        assertThat(row.path("image").asText()).isEqualTo("ghcr.io/x:1");
        assertThat(row.path("labels")).isEqualTo(tree(Map.of("k", "ä")));
        assertThat(keys(row.path("mounts").path(0))).containsExactly("source", "target", "type", "mode", "rw");
        assertThat(row.path("active")).isEqualTo(tree(true));
        assertThat(row.path("config_user").asText()).isEqualTo("user:1000");
        assertThat(row.path("working_dir").asText()).isEqualTo("/workspace");
        assertThat(row.path("last_scanned_at").asText())
                .matches(TIME)
                .isBetween(
                        scan.path("started_at").asText(),
                        scan.path("completed_at").asText())
                .isEqualTo(row.path("first_seen_at").asText());
    }

    private void stored(JsonNode scan) {
        assertThat(files.row("SELECT labels_json, mounts_json, inspect_json, active FROM containers"))
                .containsExactly(
                        "{\"k\":\"ä\"}",
                        "[{\"source\":\"/h\",\"target\":\"/workspace\",\"type\":\"bind\",\"mode\":\"rw\",\"rw\":true}]",
                        "{\"config_user\":\"user:1000\",\"working_dir\":\"/workspace\",\"env_keys\":[\"USER\"],"
                                + "\"full_status\":\"running\"}",
                        1);
        assertThat(files.row("SELECT scan_id, started_at, completed_at, status, matched_count,"
                        + " inactive_reconciled_count, ignored_count, error_code, error_message, error_details_json"
                        + " FROM container_scans"))
                .containsExactly(
                        scan.path("scan_id").asText(),
                        scan.path("started_at").asText(),
                        scan.path("completed_at").asText(),
                        "ok",
                        1,
                        0,
                        1,
                        null,
                        null,
                        null);
    }

    private static void logged(JsonNode scan) {
        String id = scan.path("scan_id").asText();
        assertThat(TOWER.log())
                .containsPattern("(?m)^" + TIME + "\tlevel=info\tevent=scan_started\tscan_id=" + id + "$")
                .containsPattern("(?m)^" + TIME + "\tlevel=info\tevent=scan_completed\tscan_id=" + id
                        + "\tstatus=ok\tmatched=1\tinactive=0\tignored=1\terror=$");
    }

    @Test
    void a_scan_that_finds_nothing_is_kept_too() {
        assertThat(counts(result(scan()))).containsExactly(0, 0, 0);
        assertThat(files.row("SELECT matched_count, inactive_reconciled_count, ignored_count, status"
                        + " FROM container_scans"))
                .containsExactly(0, 0, 0, "ok");
    }

    @Test
    void the_rule_is_read_anew_by_each_scan_and_what_it_drops_becomes_inactive() throws IOException {
        TOWER.script(DOCKER, engine("1", "py-bench", "2", "dev-box", "3", "redis"));
        settings("[containers]\nname_contains = [\" bench \", \"DEV\"]\n");
        assertThat(counts(result(scan()))).containsExactly(2, 0, 1);
        settings("[containers]\nname_contains = [\"dev\"]\n");
        assertThat(counts(result(scan()))).containsExactly(1, 1, 2);
        assertThat(list().findValuesAsText("name")).containsExactly("dev-box", "py-bench");
        assertThat(list().path(1).path("active")).isEqualTo(tree(false));
    }

    @ParameterizedTest
    @CsvSource({"straße, STRASSE-1", "STRASSE, a-straße", "a.c, xa.cx", "'', my-bench"})
    void names_are_compared_in_folded_case_and_needles_are_literal(String needle, String name) throws IOException {
        settings(needle.isEmpty() ? "" : "[containers]\nname_contains = [\"" + needle + "\"]\n");
        TOWER.script(DOCKER, engine("1", name, "2", "abc"));
        assertThat(counts(result(scan()))).containsExactly(1, 0, 1);
    }

    @Test
    void without_settings_the_rule_is_bench() throws IOException {
        Files.delete(TOWER.paths().configFile());
        TOWER.script(DOCKER, engine("1", "My-BENCH", "2", "redis"));
        assertThat(counts(result(scan()))).containsExactly(1, 0, 1);
        settings("[other]\nx = 1\n[containers]\nunknown = true\n");
        assertThat(counts(result(scan()))).containsExactly(1, 0, 1);
    }

    @Test
    void a_container_that_comes_back_keeps_the_time_it_was_first_seen() {
        TOWER.script(DOCKER, engine("abc", "py-bench"));
        result(scan());
        String first = list().path(0).path("first_seen_at").asText();
        String scanned = list().path(0).path("last_scanned_at").asText();
        TOWER.script(DOCKER, engine());
        assertThat(counts(result(scan()))).containsExactly(0, 1, 0);
        JsonNode gone = list().path(0);
        assertThat(gone.path("active")).isEqualTo(tree(false));
        assertThat(gone.path("first_seen_at").asText()).isEqualTo(first);
        assertThat(gone.path("last_scanned_at").asText()).isGreaterThan(scanned);
        assertThat(counts(result(scan()))).containsExactly(0, 0, 0);
        assertThat(list().path(0)).as("inactive and absent: untouched").isEqualTo(gone);
        TOWER.script(
                DOCKER,
                engine(List.of(running("abc", "py-bench")), List.of(inspected("abc", "py-bench", "new:2")), Map.of()));
        result(scan());
        JsonNode back = list().path(0);
        assertThat(back.path("active")).isEqualTo(tree(true));
        assertThat(back.path("image").asText()).isEqualTo("new:2");
        assertThat(back.path("first_seen_at").asText()).isEqualTo(first);
        assertThat(back.path("last_scanned_at").asText())
                .isGreaterThan(gone.path("last_scanned_at").asText());
    }

    @Test
    void containers_that_cannot_be_inspected_are_told_in_the_order_of_the_list() {
        TOWER.script(DOCKER, engine("A", "bench-a"));
        result(scan());
        String seen = list().path(0).path("last_scanned_at").asText();
        TOWER.script(
                DOCKER,
                "{\"list_running\":{\"containers\":["
                        + "{\"container_id\":\"A\",\"name\":\"bench-a\"},{\"container_id\":\"B\",\"name\":\"bench-b\"}]},"
                        + "\"inspect\":{\"results\":[],\"per_container_errors\":{"
                        + "\"B\":{\"code\":\"docker_failed\",\"message\":\"no b\"},"
                        + "\"A\":{\"code\":\"docker_timeout\",\"message\":\"no a\"}}}}");
        JsonNode scan = result(scan());
        assertThat(scan.path("status").asText()).isEqualTo("degraded");
        assertThat(counts(scan)).containsExactly(2, 0, 0);
        assertThat(scan.path("error_code").asText()).isEqualTo("docker_timeout");
        assertThat(scan.path("error_message").asText()).contains("2 of 2");
        JsonNode details =
                json("[{\"container_id\":\"A\",\"error_code\":\"docker_timeout\",\"error_message\":\"no a\"},"
                        + "{\"container_id\":\"B\",\"error_code\":\"docker_failed\",\"error_message\":\"no b\"}]");
        assertThat(scan.path("error_details")).isEqualTo(details);
        assertThat(json((String)
                        files.value("SELECT error_details_json FROM container_scans WHERE status = 'degraded'")))
                .isEqualTo(details);
        assertThat(each(list(), "id")).containsExactly("A");
        assertThat(list().path(0).path("active")).isEqualTo(tree(true));
        assertThat(list().path(0).path("last_scanned_at").asText()).isGreaterThan(seen);
        reported(scan, details);
    }

    private void reported(JsonNode scan, JsonNode details) {
        assertThat(files.auditLines()).singleElement().satisfies(line -> {
            assertThat(line).contains("\"type\":\"container_scan_degraded\"").startsWith("{\"ts\":\"");
            JsonNode event = json(line);
            assertThat(keys(event)).containsExactly("ts", "type", "payload");
            assertThat(event.path("ts").asText()).matches(TIME);
            assertThat(keys(event.path("payload")))
                    .containsExactly("scan_id", "error_code", "error_message", "error_details");
            assertThat(event.path("payload").path("scan_id")).isEqualTo(scan.path("scan_id"));
            assertThat(event.path("payload").path("error_details")).isEqualTo(details);
        });
    }

    @Test
    void a_partly_inspected_scan_stores_what_it_has() {
        TOWER.script(
                DOCKER,
                engine(
                        List.of(running("A", "bench-a"), running("B", "bench-b")),
                        List.of(inspected("B", "bench-b", "img")),
                        Map.of()));
        JsonNode scan = result(scan());
        assertThat(scan.path("status").asText()).isEqualTo("degraded");
        assertThat(scan.path("error_message").asText()).contains("1 of 2");
        assertThat(each(scan.path("error_details"), "container_id")).containsExactly("A");
        assertThat(each(list(), "id")).containsExactly("B");
        assertThat(files.audit()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "command_not_found,docker_unavailable",
        "permission_denied,docker_permission_denied",
        "non_zero_exit,docker_failed",
        "timeout,docker_timeout",
        "malformed,docker_malformed",
        "nonsense,docker_failed"
    })
    void an_engine_that_fails_refuses_the_scan_and_changes_no_container(String action, String code) {
        TOWER.script(DOCKER, engine("abc", "py-bench"));
        result(scan());
        JsonNode before = list();
        for (String call : List.of("list_running", "inspect")) {
            TOWER.script(DOCKER, failingEngine(call, action, "it " + action));
            assertThat(refusal(scan(), code)).contains("it " + action);
            assertThat(list()).isEqualTo(before);
        }
        assertThat(files.rows("SELECT status, error_code, inactive_reconciled_count, error_details_json,"
                        + " matched_count, ignored_count FROM container_scans WHERE status = 'degraded'"
                        + " ORDER BY started_at"))
                .containsExactly(
                        Arrays.asList("degraded", code, 0, null, 0, 0), Arrays.asList("degraded", code, 0, null, 1, 1));
        assertThat(files.audit()).hasSize(2).allSatisfy(event -> {
            assertThat(event.path("type").asText()).isEqualTo("container_scan_degraded");
            assertThat(event.path("payload").path("error_code").asText()).isEqualTo(code);
            assertThat(event.path("payload").path("error_details")).isEqualTo(tree(List.of()));
        });
        result(TOWER.call("status"));
    }

    @Test
    void a_long_error_is_bounded_and_stays_out_of_the_log() {
        String noise = "z".repeat(4096);
        TOWER.script(DOCKER, failingEngine("list_running", "non_zero_exit", noise));
        refusal(scan(), "docker_failed");
        assertThat((String) files.value("SELECT error_message FROM container_scans"))
                .hasSizeLessThanOrEqualTo(2048)
                .startsWith("zzz");
        assertThat(files.audit().get(0).path("payload").path("error_message").asText())
                .hasSizeLessThanOrEqualTo(2048);
        assertThat(TOWER.log())
                .contains("event=scan_completed", "error=docker_failed\n")
                .doesNotContain(noise);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "containers = 3 | [containers] must be a TOML table",
                "[containers]\\nname_contains = \"bench\" | list of strings",
                "[containers]\\nname_contains = [] | non-empty",
                "[containers]\\nname_contains = [\"a\", 3] | name_contains[1] must be a string",
                "[containers]\\nname_contains = [\"a\", \"  \"] | blank",
                "[containers | failed to parse"
            })
    void settings_that_break_a_rule_refuse_the_scan(String toml, String words) throws IOException {
        settings(toml.replace("\\n", "\n"));
        assertThat(refusal(scan(), "config_invalid")).contains(words);
        assertThat(files.row("SELECT status, error_code, matched_count, ignored_count FROM container_scans"))
                .containsExactly("degraded", "config_invalid", 0, 0);
        assertThat(files.audit())
                .singleElement()
                .satisfies(event -> assertThat(
                                event.path("payload").path("error_code").asText())
                        .isEqualTo("config_invalid"));
        assertThat(TOWER.run("scan", "--containers").exitCode()).isEqualTo(3);
    }

    @Test
    void too_many_or_too_long_needles_refuse_the_scan() throws IOException {
        settings("[containers]\nname_contains = [" + "\"a\", ".repeat(33) + "]\n");
        assertThat(refusal(scan(), "config_invalid")).contains("has 33 entries; max is 32");
        settings("[containers]\nname_contains = [\"" + "n".repeat(129) + "\"]\n");
        assertThat(refusal(scan(), "config_invalid")).contains("name_contains[0] is 129 chars; max is 128");
        settings("[containers]\nname_contains = [\"" + "n".repeat(128) + "\"]\n");
        assertThat(counts(result(scan()))).containsExactly(0, 0, 0);
    }

    @Test
    void a_script_that_cannot_be_read_is_a_fault_of_the_daemon() {
        TOWER.script(DOCKER, "no json");
        refusal(scan(), "internal_error");
        assertThat(files.rows("SELECT 1 FROM container_scans")).isEmpty();
        assertThat(TOWER.events()).endsWith("scan_started", "scan_completed");
        assertThat(TOWER.log()).contains("\terror=internal_error\n");
    }

    @Test
    void a_degraded_scan_whose_line_cannot_be_written_is_refused_but_kept() throws IOException {
        Files.createFile(TOWER.paths().events());
        Files.setPosixFilePermissions(TOWER.paths().events(), PosixFilePermissions.fromString("rw-r--r--"));
        TOWER.script(DOCKER, failingEngine("list_running", "timeout", "late"));
        refusal(scan(), "internal_error");
        assertThat(files.value("SELECT error_code FROM container_scans")).isEqualTo("docker_timeout");
        assertThat(files.auditLines()).isEmpty();
        assertThat(TOWER.events()).contains("scan_jsonl_failed");
        TOWER.script(DOCKER, engine());
        result(scan());
    }

    @Test
    void scans_at_once_take_turns() {
        TOWER.script(DOCKER, "{\"list_running\":{\"delay_ms\":40}}");
        List<JsonNode> scans = IntStream.range(0, 5)
                .parallel()
                .mapToObj(i -> result(scan()))
                .sorted(Comparator.comparing(scan -> scan.path("started_at").asText()))
                .toList();
        assertThat(new HashSet<>(scans.stream()
                        .map(scan -> scan.path("scan_id").asText())
                        .toList()))
                .hasSize(5);
        for (int i = 1; i < scans.size(); i++) {
            assertThat(scans.get(i).path("started_at").asText())
                    .isGreaterThanOrEqualTo(
                            scans.get(i - 1).path("completed_at").asText());
        }
    }

    @Test
    void a_slow_container_scan_holds_no_pane_scan() throws IOException {
        TOWER.script(
                DOCKER,
                "{\"list_running\":{\"delay_ms\":200,\"containers\":[{\"container_id\":\"a\",\"name\":\"bench\"}]},"
                        + "\"inspect\":{\"delay_ms\":200,\"results\":[{\"container_id\":\"a\"}]}}");
        try (var connection = TOWER.connect()) {
            connection.send("{\"method\":\"scan_containers\"}\n");
            JsonNode panes = result(TOWER.call("scan_panes"));
            JsonNode containers = result(json(connection.readLine().orElseThrow()));
            OffsetDateTime started = time(containers, "started_at");
            Duration window = Duration.between(started, time(containers, "completed_at"));
            assertThat(window).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            assertThat(Duration.between(started, time(panes, "completed_at")))
                    .isLessThan(window.plus(Duration.ofMillis(500)));
        }
    }

    private static OffsetDateTime time(JsonNode scan, String field) {
        return OffsetDateTime.parse(scan.path(field).asText());
    }

    @Test
    void rows_of_other_programs_are_listed_at_once_and_in_order() {
        TOWER.sql("INSERT INTO containers (container_id, name, image, status, active, first_seen_at, last_scanned_at)"
                + " VALUES ('g1', 'n', '', '', 0, 'x', '2026-05-05T00:00:00Z'),"
                + " ('b', 'n', '', '', 1, 'x', '2026-05-05T00:00:00.000Z'),"
                + " ('a', 'n', '', '', 1, 'x', '2026-05-05T00:00:00.000Z'),"
                + " ('z', 'n', '', '', 1, 'x', '2026-05-06T00:00:00.000Z')");
        assertThat(each(list(), "id")).containsExactly("z", "a", "b", "g1");
        assertThat(list().path(0).path("labels")).isEqualTo(tree(Map.of()));
        assertThat(list().path(0).path("mounts")).isEqualTo(tree(List.of()));
        assertThat(list().path(0).path("config_user").isNull()).isTrue();
        assertThat(list().path(3).path("last_scanned_at").asText()).isEqualTo("2026-05-05T00:00:00Z");
        JsonNode active = result(TOWER.call("list_containers", Map.of("active_only", true)));
        assertThat(active.path("filter").asText()).isEqualTo("active_only");
        assertThat(each(active.path("containers"), "id")).containsExactly("z", "a", "b");
    }

    @Test
    void a_listing_takes_a_boolean_only() {
        for (String wrong : List.of("null", "0", "\"true\"", "[]")) {
            assertThat(refusal(
                            TOWER.exchange(
                                    "{\"method\":\"list_containers\",\"params\":{\"active_only\":" + wrong + "}}"),
                            "bad_request"))
                    .isEqualTo("params.active_only must be a boolean");
        }
        result(TOWER.call("list_containers", Map.of("unknown", 1)));
    }

    @Test
    void the_command_prints_a_healthy_scan() {
        TOWER.script(
                DOCKER,
                engine(
                        List.of(running("abc", "py-bench"), running("def", "redis")),
                        List.of(inspected("abc", "py-bench", "img")),
                        Map.of()));
        CommandResult text = TOWER.run("scan", "--containers").orThrow();
        assertThat(text.err()).isEmpty();
        assertThat(text.outLines().stream().map(line -> line.split("=", 2)[0]))
                .containsExactly("scan_id", "status", "matched", "inactive_reconciled", "ignored", "duration_ms");
        assertThat(text.outLines()).contains("status=ok", "matched=1", "inactive_reconciled=0", "ignored=1");
        assertThat(text.outLines().get(5)).matches("duration_ms=\\d+");

        CommandResult asJson = TOWER.run("scan", "--containers", "--json").orThrow();
        assertThat(asJson.out()).hasLineCount(1);
        JsonNode scan = result(json(asJson.out()));
        assertThat(counts(scan)).containsExactly(1, 0, 1);
        assertThat(scan.path("error_details")).isEqualTo(tree(List.of()));
    }

    @Test
    void the_command_ends_with_five_after_a_degraded_scan() {
        TOWER.script(
                DOCKER,
                engine(
                        List.of(running("A", "bench-a"), running("B", "bench-b")),
                        List.of(),
                        Map.of("A", Map.of("code", "docker_timeout", "message", "no a"))));
        CommandResult text = TOWER.run("scan", "--containers");
        assertThat(text.exitCode()).isEqualTo(5);
        assertThat(text.outLines()).contains("status=degraded", "matched=2");
        assertThat(text.err().lines().toList())
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line).startsWith("error: ").contains("2 of 2"));
        assertThat(text.err()).endsWith("code: docker_timeout\n");
        CommandResult asJson = TOWER.run("scan", "--containers", "--json");
        assertThat(asJson.exitCode()).isEqualTo(5);
        assertThat(asJson.err()).isEmpty();
        assertThat(result(json(asJson.out())).path("status").asText()).isEqualTo("degraded");
    }

    @Test
    void the_command_ends_with_three_after_a_refused_scan() {
        TOWER.script(DOCKER, failingEngine("list_running", "permission_denied", "not for you"));
        CommandResult text = TOWER.run("scan", "--containers");
        assertThat(text.exitCode()).isEqualTo(3);
        assertThat(text.out()).isEmpty();
        assertThat(text.err().lines().toList()).containsExactly("error: not for you", "code: docker_permission_denied");
        CommandResult asJson = TOWER.run("scan", "--containers", "--json");
        assertThat(asJson.exitCode()).isEqualTo(3);
        assertThat(asJson.err()).isEmpty();
        assertThat(asJson.out()).hasLineCount(1);
        refusal(json(asJson.out()), "docker_permission_denied");
        TOWER.run("status").orThrow();
    }

    @Test
    void the_command_lists_containers() {
        CommandResult empty = TOWER.run("list-containers").orThrow();
        assertThat(empty.out()).isEqualTo("ACTIVE\tID\tNAME\tIMAGE\tSTATUS\tLAST_SCANNED\n");
        TOWER.script(DOCKER, engine("abc", "py-bench"));
        result(scan());
        TOWER.script(DOCKER, engine("f".repeat(64), "js-bench"));
        result(scan());
        List<String> lines =
                new ArrayList<>(TOWER.run("list-containers").orThrow().outLines());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("1\t" + "f".repeat(64) + "\tjs-bench\timg\trunning\t20");
        assertThat(lines.get(2)).startsWith("0\tabc\tpy-bench\timg\trunning\t20");
        assertThat(TOWER.run("list-containers", "--active").orThrow().outLines())
                .hasSize(2);
        CommandResult asJson =
                TOWER.run("list-containers", "--active-only", "--json").orThrow();
        assertThat(result(json(asJson.out())).path("filter").asText()).isEqualTo("active_only");
    }
}
