package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.cli.lifecycle.PassphraseFile;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.governance.human.PassphraseHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor finds of governance. */
class DoctorTest {
    private static final String PROJECTS = "GET /api/projects/all";
    private static final String EVENTS = "GET /api/ads/events";
    private static final String INTEGRITY = "GET /api/ads/integrity";
    private static final String QUIET = "{'events': [], 'before': '0.0', 'after': '0.0', 'has_more': false}";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    private static String project(String name, long events, String problems) {
        return "'" + name + "': {'path': '/srv/" + name + "', 'status': 'active', 'stats': {'specs': 1, 'tasks': 0,"
                + " 'ads_events': " + events + "}, 'problems': [" + problems + "]}";
    }

    private static String problem(String file, String problem) {
        return "{'file': '" + file + "', 'problem': '" + problem + "'}";
    }

    private JsonNode checks(String command, int status) throws IOException {
        Run run = world.run((command + " --json").split(" "));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as(run.out()).isEqualTo(status);
        JsonNode report = JsonText.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(report.path("summary").path("exit_code").intValue()).isEqualTo(status);
        assertThat(report.path("checks"))
                .hasSize(report.path("summary").path("total").intValue());
        return report.path("checks");
    }

    private String governance(String command, int status) {
        Run run = world.run(command.split(" "));
        assertThat(run.status()).as(run.out()).isEqualTo(status);
        int start = run.out().indexOf("tmux_pane_match");
        return run.out().substring(run.out().indexOf('\n', start) + 1, run.out().indexOf("summary\t"));
    }

    @Test
    void without_governance_only_the_thorough_one_speaks_of_it() throws IOException {
        try (FakeDaemon daemon = world.daemon()) {
            assertThat(checks("config doctor", 0)).hasSize(6);
            assertThat(governance("doctor", 5))
                    .startsWith("governance\tfail\tthe daemon has no socket for governance at ")
                    .endsWith("\n    `agenttower stop-daemon`, then `agenttower ensure-daemon`\n");
            assertThat(daemon.methods()).contains("status");
        }
    }

    @Test
    void without_a_project_there_is_nothing_to_check() throws IOException {
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance().on(PROJECTS, "{}")) {
            assertThat(checks("config doctor", 0)).hasSize(6);
            assertThat(governance("doctor", 0))
                    .isEqualTo(
                            "governance\tinfo\tno project is governed\n    `agenttower project init PATH` puts one under"
                                    + " governance\n");
            assertThat(daemon.methods()).contains("status");
            assertThat(api.targets()).containsExactly(PROJECTS, PROJECTS);
        }
    }

    @Test
    void a_project_that_is_well_is_named_with_its_ledger() throws IOException {
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance()
                        .on(PROJECTS, "{" + project("shop", 7, "") + "}")
                        .on(EVENTS, QUIET)
                        .on(INTEGRITY, "{'valid': true, 'errors': []}")) {
            String expected =
                    "governance\tpass\t1 governed project(s)\nproject:shop\tpass\t/srv/shop; the ledger of 7 events is whole\n";
            assertThat(governance("doctor", 0)).isEqualTo(expected);
            assertThat(governance("config doctor", 0)).isEqualTo(expected);
            assertThat(daemon.methods()).contains("status");
            assertThat(api.targets())
                    .startsWith(
                            PROJECTS,
                            EVENTS + "?cursor=end&direction=backward&limit=1000&project=shop",
                            INTEGRITY + "?detail=1&project=shop");
        }
    }

    @Test
    void broken_files_of_every_project_are_named_with_what_to_do() throws IOException {
        String broken = project(
                "a",
                0,
                problem("config/specs.json", "Unrecognized token \\u001b[31m at line 3, column 7") + ", "
                        + problem("config/dttp.json", "default_role is neither a text nor null") + ", "
                        + problem("_cortex/ops/change-intents", "the change of scr_1 was interrupted") + ", "
                        + problem("_cortex/ops/change-intents", "the change of scr_2 was interrupted"));
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance()
                        .on(
                                PROJECTS,
                                "{" + broken + ", " + project("b", 0, problem(".", "its folder is missing")) + "}")
                        .on(EVENTS, QUIET)
                        .on(INTEGRITY, "{'valid': false, 'errors': ['ADS file not found']}")) {
            JsonNode checks = checks("doctor", 5);

            JsonNode specs = checks.path("project:a:config/specs.json");
            assertThat(specs.path("status").asText()).isEqualTo("fail");
            assertThat(specs.path("sub_code").asText()).isEqualTo("file_broken");
            assertThat(specs.path("details").asText())
                    .isEqualTo("/srv/a/config/specs.json: Unrecognized token ?[31m at line 3, column 7");
            assertThat(specs.path("actionable_message").asText())
                    .contains("denied until it is whole", "agenttower project init /srv/a");
            assertThat(checks.path("project:a:config/dttp.json").path("details").asText())
                    .endsWith("default_role is neither a text nor null");
            assertThat(checks.path("project:a:_cortex/ops/change-intents")
                            .path("details")
                            .asText())
                    .endsWith("the change of scr_1 was interrupted; the change of scr_2 was interrupted");
            assertThat(checks.path("project:b:.").path("details").asText()).isEqualTo("its folder is missing");
            assertThat(checks.path("project:b:.").path("actionable_message").asText())
                    .contains("agenttower project remove b");
            assertThat(checks.has("project:a")).isFalse();
            assertThat(api.targets())
                    .filteredOn(target -> target.contains("project=b"))
                    .isEmpty();
            assertThat(daemon.methods()).contains("status");
        }
    }

    @Test
    void a_broken_ledger_is_named_and_what_the_ledger_tells_of_late() throws IOException {
        String events =
                "{'events': [{'event_id': 'e', 'ts': 't1', 'action_type': 'ledger_tail_quarantined', 'description':"
                        + " 'moved to events.jsonl.torn-1'}, {'event_id': 'e', 'ts': 't2', 'action_type': 'sovereign_file_drift',"
                        + " 'description': 'one'}, {'event_id': 'e', 'ts': 't3', 'action_type': 'sovereign_file_drift', 'description':"
                        + " 'two\\u202e'}], 'before': '0.0', 'after': '0.0', 'has_more': false}";
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance()
                        .on(PROJECTS, "{" + project("shop", 7, "") + "}")
                        .on(EVENTS, events)
                        .on(
                                INTEGRITY,
                                "{'valid': false, 'errors': ['Line 3: Invalid JSON', 'Line 4: Invalid hash']}")) {
            assertThat(governance("doctor", 5))
                    .isEqualTo("governance\tpass\t1 governed project(s)\n"
                            + "project:shop:ledger_tail_quarantined\tinfo\tt1 moved to events.jsonl.torn-1\n"
                            + "    `agenttower ledger query --type ledger_tail_quarantined --project shop` tells more\n"
                            + "project:shop:sovereign_file_drift\twarn\tt3 two? (2 times)\n"
                            + "    `agenttower ledger query --type sovereign_file_drift --project shop` tells more\n"
                            + "project:shop:ledger\tfail\tLine 3: Invalid JSON, and 1 more\n"
                            + "    `agenttower ledger verify` tells all of it; when you know why, `agenttower ledger heal"
                            + " --reason TEXT --project shop` keeps it as evidence and begins a new chain\n");
            assertThat(api.targets()).hasSize(3);
            assertThat(daemon.methods()).contains("status");
        }
    }

    @Test
    void a_torn_last_line_is_no_failure() throws IOException {
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance()
                        .on(PROJECTS, "{" + project("shop", 7, "") + "}")
                        .on(EVENTS, QUIET)
                        .on(INTEGRITY, "{'valid': false, 'errors': ['Line 8: Invalid JSON']}")) {
            assertThat(governance("doctor", 0))
                    .endsWith(
                            "project:shop:ledger\twarn\tthe last line was cut off while it was written\n"
                                    + "    nothing needs to be done: the next event moves it to a file of its own and says so\n");
            assertThat(api.targets()).hasSize(3);
            assertThat(daemon.methods()).contains("status");
        }
    }

    @Test
    void a_long_ledger_is_left_to_its_own_command_and_a_missing_one_is_no_failure() throws IOException {
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance()
                        .on(PROJECTS, "{" + project("long", 1_000_000, "") + ", " + project("new", 0, "") + "}")
                        .on(EVENTS, QUIET)
                        .on(INTEGRITY, "{'valid': false, 'errors': ['ADS file not found']}")) {
            assertThat(governance("doctor", 0))
                    .contains(
                            "project:long\tpass\t/srv/long; the ledger of 1000000 events is left to `agenttower ledger verify")
                    .contains("project:new\tpass\t/srv/new; there is no ledger yet\n");
            assertThat(api.targets())
                    .filteredOn(target -> target.startsWith(INTEGRITY))
                    .hasSize(1);
            assertThat(daemon.methods()).contains("status");
        }
    }

    @Test
    void an_api_that_fails_is_a_failure_of_its_own() throws IOException {
        try (FakeDaemon daemon = world.daemon();
                FakeGovernance api = world.governance().on(PROJECTS, 500, "{'error': 'internal_error'}")) {
            assertThat(governance("config doctor", 5)).startsWith("governance\tfail\tinternal_error\n");
            assertThat(api.targets()).hasSize(1);
            assertThat(daemon.methods()).contains("status");
        }
    }

    private Path passphrase(String text) throws IOException {
        Files.createDirectories(world.paths().stateDir());
        Path file = Files.writeString(world.paths().stateDir().resolve("operator-passphrase.json"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"algorithm\": ", "[]", ""})
    void a_broken_passphrase_is_named_even_without_a_daemon(String text) throws IOException {
        Path file = passphrase(text);

        JsonNode check = checks("config doctor", 2).path("operator_passphrase");
        assertThat(check.path("sub_code").asText()).isEqualTo("passphrase_unusable");
        assertThat(check.path("details").asText()).startsWith(file + ": ");
        assertThat(check.path("actionable_message").asText()).contains("operator set-passphrase");
    }

    @Test
    void a_passphrase_file_is_read_as_the_daemon_reads_it() throws IOException {
        Path file = passphrase("\ufeff{\"algorithm\": \"PBKDF2WithHmacSHA256\", \"iterations\": 600000, \"salt\": \""
                + "00".repeat(16) + "\", \"hash\": \"" + "00".repeat(32) + "\"}");
        assertThat(governance("config doctor", 2)).contains(file + ": is no JSON: Unexpected character");

        try (FileChannel huge = FileChannel.open(file, StandardOpenOption.WRITE)) {
            huge.write(ByteBuffer.allocate(1), 3L << 30);
        }
        assertThat(governance("config doctor", 2)).contains(file + ": is larger than 4096 bytes");
        world.input = "correct horse\n";
        assertThat(world.run("operator", "set-passphrase", "--stdin").err())
                .isEqualTo("error: " + file + ": is larger than 4096 bytes\n");
    }

    @Test
    void a_passphrase_is_named_and_must_be_closed_to_others() throws IOException {
        try (FakeDaemon daemon = world.daemon()) {
            Path file = PassphraseFile.in(world.paths().stateDir());
            PassphraseFile.write(
                    file,
                    world.paths().stateDir(),
                    PassphraseHash.create("open sesame".toCharArray(), new SecureRandom()));
            assertThat(governance("config doctor", 0)).isEqualTo("operator_passphrase\tpass\tset\n");

            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertThat(governance("config doctor", 5))
                    .startsWith(
                            "operator_passphrase\tfail\t" + file + ": file mode 0o640 broader than required 0o600\n");
            assertThat(daemon.methods()).contains("status");
        }
    }
}
