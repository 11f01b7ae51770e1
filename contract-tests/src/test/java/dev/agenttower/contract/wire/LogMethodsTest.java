package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appRefusal;
import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Answers.texts;
import static dev.agenttower.contract.wire.World.appPane;
import static dev.agenttower.contract.wire.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of agents in a container whose tmux is scripted: panes are not piped, and {@code %66} cannot be. */
final class LogMethodsTest {
    private static final String BENCH = "c".repeat(64);
    private static final String AGENT = "agt_abc123def456";
    private static final String OTHER = "agt_abc123def457";

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private static String token = "";

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_PIPE_PANE_FAKE", """
                        {"calls":[
                          {"argv_match":["tmux list-panes"],"returncode":0,"stdout":"0 \\n"},
                          {"argv_match":["tmux pipe-pane -o", "%66"],"returncode":1,"stderr":"can't find pane\\n"}]}""").start();
        token = TOWER.hello();
    }

    @BeforeEach
    void begin() throws IOException {
        files.forget();
        world.container(BENCH, "bench-acme", true)
                .pane(BENCH, 17, true)
                .pane(BENCH, 18, true)
                .pane(BENCH, 66, true);
        TOWER.sql("UPDATE containers SET config_user = 'brett', mounts_json = '[{\"Type\":\"bind\",\"Source\":\""
                + logs() + "\",\"Destination\":\"" + logs() + "\"}]'");
        world.agent(AGENT, BENCH, 17, "slave", true).agent(OTHER, BENCH, 18, "slave", true);
        DaemonProcess.removeTree(logs().resolve(BENCH));
    }

    private static Path logs() {
        return TOWER.paths().logsDir();
    }

    private static Path defaultLog() {
        return logs().resolve(BENCH).resolve(AGENT + ".log");
    }

    private static JsonNode attach(Map<String, ?> more) {
        Map<String, Object> params = new HashMap<>(Map.of("agent_id", AGENT));
        params.putAll(more);
        return TOWER.call("attach_log", params);
    }

    private static JsonNode attached() {
        return result(attach(Map.of()));
    }

    private static JsonNode ofAgent(String method) {
        return TOWER.call(method, Map.of("agent_id", AGENT));
    }

    private List<JsonNode> audited() {
        return files.audit().stream()
                .filter(line -> line.path("type").asText().equals("log_attachment_change"))
                .toList();
    }

    private void assertNothingStored() {
        assertThat(files.value("SELECT COUNT(*) FROM log_attachments")).isEqualTo(0);
        assertThat(files.value("SELECT COUNT(*) FROM log_offsets")).isEqualTo(0);
        assertThat(audited()).isEmpty();
    }

    @Test
    void a_log_is_attached_at_the_default_path_with_private_files() throws IOException {
        JsonNode attached = attached();
        assertThat(keys(attached))
                .containsExactly(
                        "agent_id",
                        "attachment_id",
                        "log_path",
                        "source",
                        "status",
                        "byte_offset",
                        "line_offset",
                        "attached_at",
                        "last_status_at",
                        "is_new",
                        "prior_status");
        assertThat(attached.path("log_path").asText()).isEqualTo(defaultLog().toString());
        assertThat(attached.path("is_new").asBoolean()).isTrue();
        assertThat(attached.path("prior_status").isNull()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(defaultLog())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(defaultLog().getParent())))
                .isEqualTo("rwx------");
        assertThat(files.value("SELECT pipe_pane_command FROM log_attachments"))
                .asString()
                .startsWith("docker exec")
                .contains("tmux pipe-pane -o -t %17", "cat >> " + defaultLog());
        assertThat(audited()).singleElement().satisfies(line -> {
            assertThat(keys(line)).containsExactly("ts", "type", "payload");
            assertThat(line.path("payload").path("agent_id").asText()).isEqualTo(AGENT);
            assertThat(line.path("payload").path("source").asText()).isEqualTo("explicit");
        });
    }

    @Test
    void status_tells_what_is_stored() {
        assertThat(result(ofAgent("attach_log_status")))
                .isEqualTo(json("{\"agent_id\":\"" + AGENT + "\",\"attachment\":null,\"offset\":null}"));
        JsonNode attached = attached();
        JsonNode status = result(ofAgent("attach_log_status"));
        assertThat(keys(status.path("attachment")))
                .containsExactly(
                        "attachment_id",
                        "log_path",
                        "status",
                        "source",
                        "attached_at",
                        "last_status_at",
                        "superseded_at",
                        "superseded_by");
        assertThat(status.path("attachment").path("last_status_at")).isEqualTo(attached.path("last_status_at"));
        assertThat(keys(status.path("offset")))
                .containsExactly(
                        "byte_offset",
                        "line_offset",
                        "last_event_offset",
                        "last_output_at",
                        "file_inode",
                        "file_size_seen");
    }

    @Test
    void attach_detach_and_attach_are_one_attachment_and_three_records() {
        JsonNode first = attached();
        JsonNode detached = result(ofAgent("detach_log"));
        assertThat(keys(detached))
                .containsExactly(
                        "agent_id",
                        "attachment_id",
                        "log_path",
                        "status",
                        "byte_offset",
                        "line_offset",
                        "last_status_at");
        assertThat(detached.path("status").asText()).isEqualTo("detached");
        refusal(ofAgent("detach_log"), "attachment_not_found");
        JsonNode again = attached();
        assertThat(again.path("attachment_id")).isEqualTo(first.path("attachment_id"));
        assertThat(again.path("is_new").asBoolean(true)).isFalse();
        assertThat(again.path("prior_status").asText()).isEqualTo("detached");
        assertThat(again.path("last_status_at").asText())
                .isGreaterThan(detached.path("last_status_at").asText())
                .isEqualTo(result(ofAgent("attach_log_status"))
                        .path("attachment")
                        .path("last_status_at")
                        .asText());
        assertThat(attached().path("prior_status").asText()).isEqualTo("active");
        assertThat(audited()).hasSize(3);
    }

    @Test
    void another_path_supersedes() {
        attached();
        String chosen = logs().resolve(BENCH).resolve("operator_supplied.log").toString();
        JsonNode second = result(attach(Map.of("log_path", chosen)));
        assertThat(second.path("log_path").asText()).isEqualTo(chosen);
        assertThat(files.row("SELECT superseded_by FROM log_attachments WHERE status = 'superseded'"))
                .containsExactly(second.path("attachment_id").asText());
        assertThat(audited()).hasSize(2);
        assertThat(TOWER.run("attach-log", "--target", AGENT, "--log", chosen)
                        .orThrow()
                        .out())
                .startsWith("already-attached agent_id=" + AGENT + "\nattachment_id=lat_")
                .contains("\npath=" + chosen + "\n");
    }

    @Test
    void a_file_is_one_agents_also_among_those_who_ask_at_once() throws Exception {
        String shared = logs().resolve(BENCH).resolve("shared.log").toString();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<JsonNode>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> clients.submit(() -> TOWER.call(
                            "attach_log", Map.of("agent_id", i % 2 == 0 ? AGENT : OTHER, "log_path", shared))))
                    .toList();
            for (Future<JsonNode> answer : answers) {
                answer.get();
            }
            String winner = String.valueOf(files.value("SELECT agent_id FROM log_attachments WHERE status = 'active'"));
            for (int i = 0; i < answers.size(); i++) {
                String agent = i % 2 == 0 ? AGENT : OTHER;
                if (agent.equals(winner)) {
                    result(answers.get(i).get());
                } else {
                    assertThat(refusal(answers.get(i).get(), "log_path_in_use")).contains(winner);
                }
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(audited()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"relative/log.txt", "/a/../b", "/proc/self/mem", "/dev/null", "/run/foo.log", "/with\ttab", ""})
    void a_path_that_no_log_may_have_is_refused(String path) {
        refusal(attach(Map.of("log_path", path)), "log_path_invalid");
        assertNothingStored();
    }

    @Test
    void the_daemons_files_and_what_no_mount_shows_are_refused() throws IOException {
        for (Path own : List.of(
                TOWER.paths().database(),
                TOWER.paths().daemonLog(),
                TOWER.paths().configFile())) {
            refusal(attach(Map.of("log_path", own.toString())), "log_path_invalid");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .isEqualTo("rw-------");
        }
        refusal(attach(Map.of("log_path", "/tmp/nope/elsewhere.log")), "log_path_not_host_visible");
        Path link = Files.createSymbolicLink(logs().resolve("out"), TOWER.home());
        refusal(attach(Map.of("log_path", link.resolve("x.log").toString())), "log_path_not_host_visible");
        Files.delete(link);
        assertNothingStored();
    }

    @Test
    void what_is_no_file_is_refused_by_its_kind() throws IOException, InterruptedException {
        Files.createDirectories(
                defaultLog().getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(defaultLog(), Path.of("nowhere"));
        assertThat(refusal(attach(Map.of()), "internal_error")).endsWith(" is a symlink, not a regular file");
        Files.delete(defaultLog());
        Process fifo = new ProcessBuilder("mkfifo", "-m", "600", defaultLog().toString()).start();
        assertThat(fifo.waitFor()).isZero();
        assertThat(refusal(attach(Map.of()), "internal_error")).endsWith(" is a fifo, not a regular file");
        assertNothingStored();
    }

    @Test
    void a_file_that_others_may_read_is_refused() throws IOException {
        Files.createDirectories(
                defaultLog().getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(defaultLog());
        Files.setPosixFilePermissions(defaultLog(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(refusal(attach(Map.of()), "internal_error")).contains("0644");
        assertNothingStored();
    }

    @Test
    void an_agent_must_be_active_and_known() {
        refusal(TOWER.call("attach_log", Map.of("agent_id", "agt_ffffffffffff")), "agent_not_found");
        refusal(TOWER.call("attach_log", Map.of("agent_id", "nope")), "value_out_of_set");
        refusal(TOWER.call("attach_log", Map.of()), "bad_request");
        refusal(attach(Map.of("log_path", 3)), "bad_request");
        refusal(attach(Map.of("source", "explicit")), "bad_request");
        assertThat(refusal(attach(Map.of("zeta", 1, "schema_version", 5)), "bad_request"))
                .contains("zeta");
        for (String method : List.of("attach_log", "detach_log", "attach_log_status", "attach_log_preview")) {
            refusal(TOWER.call(method, Map.of("agent_id", AGENT, "schema_version", 4)), "schema_version_newer");
        }
        TOWER.sql("UPDATE agents SET active = 0");
        refusal(attach(Map.of()), "agent_inactive");
        CommandResult refused = TOWER.run("attach-log", "--target", AGENT);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).endsWith("code: agent_inactive\n");
        assertNothingStored();
    }

    @Test
    void a_stale_row_becomes_active_again() {
        JsonNode first = attached();
        TOWER.sql("UPDATE log_attachments SET status = 'stale', last_status_at = '2026-05-09T00:00:00.000000+00:00'");
        JsonNode again = attached();
        assertThat(again.path("attachment_id")).isEqualTo(first.path("attachment_id"));
        assertThat(again.path("prior_status").asText()).isEqualTo("stale");
    }

    @Test
    void a_preview_shows_the_last_lines_without_secrets() throws IOException {
        refusal(TOWER.call("attach_log_preview", Map.of("agent_id", AGENT, "lines", 3)), "attachment_not_found");
        attached();
        Files.writeString(defaultLog(), """
                build started
                auth=sk-%s continuing
                github_token=ghp_%s
                AKIAIOSFODNN7EXAMPLE
                Bearer aaaaaaaaaaaaaaaaaaaaaaaa
                OPENAI_API_KEY=sk-test-1234567890
                build complete in 4.2s
                """.formatted("A".repeat(22), "B".repeat(22)));
        JsonNode preview = result(TOWER.call("attach_log_preview", Map.of("agent_id", AGENT, "lines", 200)));
        assertThat(keys(preview)).containsExactly("agent_id", "attachment_id", "log_path", "lines");
        assertThat(texts(preview.path("lines")))
                .containsExactly(
                        "build started",
                        "auth=<redacted:openai-key> continuing",
                        "github_token=<redacted:github-token>",
                        "<redacted:aws-access-key>",
                        "Bearer <redacted:bearer>",
                        "OPENAI_API_KEY=<redacted:env-secret>",
                        "build complete in 4.2s");
        assertThat(TOWER.run("attach-log", "--target", AGENT, "--preview", "1")
                        .orThrow()
                        .out())
                .isEqualTo("build complete in 4.2s\n");
        for (Object lines : new Object[] {0, 201}) {
            refusal(TOWER.call("attach_log_preview", Map.of("agent_id", AGENT, "lines", lines)), "value_out_of_set");
        }
        for (Object lines : new Object[] {"3", true, 1.5}) {
            refusal(TOWER.call("attach_log_preview", Map.of("agent_id", AGENT, "lines", lines)), "bad_request");
        }
        Files.delete(defaultLog());
        refusal(TOWER.call("attach_log_preview", Map.of("agent_id", AGENT, "lines", 3)), "log_file_missing");
    }

    @Test
    void a_registration_attaches_the_log_as_well_or_registers_nothing() {
        TOWER.sql("DELETE FROM agents");
        Map<String, Object> params = new HashMap<>(Map.of(
                "container_id", BENCH, "pane_composite_key", key(BENCH, 17), "role", "slave", "attach_log", Map.of()));
        JsonNode agent = result(TOWER.call("register_agent", params));
        assertThat(agent.path("attach_log").path("source").asText()).isEqualTo("register_self");
        assertThat(agent.path("attach_log").path("agent_id")).isEqualTo(agent.path("agent_id"));
        assertThat(files.audit())
                .extracting(line -> line.path("type").asText())
                .containsExactly("agent_role_change", "log_attachment_change");

        params.put("pane_composite_key", key(BENCH, 66));
        assertThat(refusal(TOWER.call("register_agent", params), "pipe_pane_failed"))
                .contains("can't find pane");
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
        assertThat(files.value("SELECT COUNT(*) FROM log_attachments")).isEqualTo(1);
        assertThat(files.audit()).hasSize(2);
    }

    @Test
    void commands_show_what_they_did() {
        assertThat(TOWER.run("attach-log", "--target", AGENT, "--status")
                        .orThrow()
                        .out())
                .isEqualTo("agent_id=" + AGENT + "\nattachment=null offset=null\n");
        assertThat(TOWER.run("attach-log", "--target", AGENT).orThrow().out())
                .startsWith("attached agent_id=" + AGENT + "\nattachment_id=lat_")
                .endsWith("\npath=" + defaultLog() + "\nsource=explicit\nstatus=active\n");
        assertThat(TOWER.run("attach-log", "--target", AGENT, "--status")
                        .orThrow()
                        .out())
                .contains("\nbyte_offset=0\nline_offset=0\nlast_event_offset=0\nfile_inode=-\nfile_size_seen=0\n");
        assertThat(TOWER.run("detach-log", "--target", AGENT).orThrow().out())
                .startsWith("detached agent_id=" + AGENT + "\nattachment_id=lat_")
                .endsWith("\nstatus=detached\n");
        for (String[] wrong : new String[][] {
            {"--status", "--preview", "3", "bad_request"},
            {"--status", "--log", "/x", "bad_request"},
            {"--preview", "3", "--log", "/x", "bad_request"},
            {"--preview", "0", "value_out_of_set"},
            {"--preview", "201", "value_out_of_set"},
            {"--preview", "-1", "value_out_of_set"}
        }) {
            String[] args = new String[wrong.length + 2];
            args[0] = "attach-log";
            args[1] = "--target";
            args[2] = AGENT;
            System.arraycopy(wrong, 0, args, 3, wrong.length - 1);
            CommandResult refused = TOWER.run(args);
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(3);
            assertThat(refused.err()).endsWith("code: " + wrong[wrong.length - 1] + "\n");
        }
        assertThat(TOWER.run("attach-log", "--target", "nope").exitCode()).isEqualTo(3);
        assertThat(TOWER.run("attach-log", "--target", AGENT, "--preview", "x").exitCode())
                .isEqualTo(2);
    }

    @Test
    void offsets_survive_a_stop_and_a_kill() {
        attached();
        TOWER.sql("UPDATE log_offsets SET byte_offset = 4096, line_offset = 137, last_event_offset = 3200,"
                + " file_inode = NULL, file_size_seen = 8192");
        TOWER.stop();
        TOWER.start();
        TOWER.kill();
        TOWER.start();
        token = TOWER.hello();
        assertThat(files.row("SELECT byte_offset, line_offset, last_event_offset FROM log_offsets"))
                .containsExactly(4096, 137, 3200);
        assertThat(attached().path("byte_offset").asLong()).isEqualTo(4096);
    }

    private static JsonNode app(String method, Map<String, ?> more) {
        Map<String, Object> params = new HashMap<>(more);
        params.put("app_session_token", token);
        return TOWER.call(method, params);
    }

    @Test
    void a_panel_attaches_lists_and_detaches() {
        JsonNode row =
                appResult(app("app.log.attach", Map.of("agent_id", AGENT))).path("row");
        assertThat(row.path("log_attached").asBoolean()).isTrue();
        JsonNode list = appResult(app("app.log_attachment.list", Map.of()));
        assertThat(list.path("ordering").asText()).isEqualTo("last_status_at:desc");
        JsonNode attachment = list.path("rows").path(0);
        assertThat(keys(attachment))
                .containsExactly(
                        "attachment_id",
                        "agent_id",
                        "container_id",
                        "log_path",
                        "status",
                        "source",
                        "attached_at",
                        "last_status_at");
        assertThat(appResult(app(
                                "app.log_attachment.detail", Map.of("attachment_id", attachment.path("attachment_id"))))
                        .path("row"))
                .isEqualTo(attachment);
        appRefusal(app("app.log_attachment.detail", Map.of("attachment_id", "nope")), "not_found");
        appRefusal(app("app.log_attachment.list", Map.of("filters", Map.of("agent_id", "agt*"))), "validation_failed");
        assertThat(appResult(app("app.log_attachment.list", Map.of("filters", Map.of("status", "stale"))))
                        .path("rows"))
                .isEmpty();

        for (int i = 0; i < 2; i++) {
            assertThat(appResult(app("app.log.detach", Map.of("agent_id", AGENT)))
                            .path("row")
                            .path("log_attached")
                            .asBoolean(true))
                    .isFalse();
        }
        assertThat(files.audit().stream()
                        .filter(line -> line.path("event_type").asText().equals("log_attachment_changed"))
                        .map(line -> line.path("new_status").asText()))
                .containsExactly("active", "detached");
        assertAppRefused(
                app("app.log.attach", Map.of("agent_id", "nope")), "agent_not_found", Map.of("agent_id", "nope"));
        assertAppRefused(
                app("app.log.detach", Map.of("agent_id", "nope")), "agent_not_found", Map.of("agent_id", "nope"));
    }

    @Test
    void a_panel_learns_why_a_pane_cannot_be_recorded() {
        TOWER.sql("UPDATE containers SET mounts_json = '[]'");
        assertAppRefused(
                app("app.log.attach", Map.of("agent_id", AGENT)),
                "log_attach_blocked",
                Map.of("agent_id", AGENT, "reason", "log_path_not_host_visible"));
    }

    @Test
    void a_panel_adopts_and_attaches_in_one_call() {
        TOWER.sql("DELETE FROM agents");
        Map<String, Object> pane = appPane(BENCH, 18);
        pane.put("attach_log", true);
        JsonNode row = appResult(app("app.agent.register_from_pane", pane)).path("row");
        assertThat(row.path("log_attached").asBoolean()).isTrue();
        assertThat(files.value("SELECT agent_id FROM log_attachments WHERE status = 'active'"))
                .isEqualTo(row.path("agent_id").asText());

        Map<String, Object> unrecordable = appPane(BENCH, 66);
        unrecordable.put("attach_log", true);
        assertThat(appRefusal(app("app.agent.register_from_pane", unrecordable), "log_attach_blocked")
                        .path("reason")
                        .asText())
                .isEqualTo("pipe_pane_failed");
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
    }
}
