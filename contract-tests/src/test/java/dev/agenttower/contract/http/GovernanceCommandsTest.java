package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.change.ChangeProposal;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.ledger.LedgerNote;
import dev.agenttower.client.governance.request.RequestDraft;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.SessionDraft;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Governance as a person meets it: the program against the daemon, in a real project. */
@Timeout(180)
final class GovernanceCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PLAN = "_cortex/MASTER_PLAN.md";
    /** What an agent would write to make a terminal, or its reader, see something else. */
    private static final String HOSTILE =
            "safe\u001b[2J\u001b]0;t\u0007\rEVIL \u202etxet\u2066\u009b31m \u200b\u2028\u2029\t.";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Path shop;

    @BeforeEach
    void govern_a_project() throws IOException {
        tower.start();
        shop = Files.createDirectory(tower.home().resolve("shop"));
        tower.run("project", "init", shop.toString()).orThrow();
    }

    private static JsonNode result(CommandResult run) throws IOException {
        JsonNode envelope = JSON.readTree(run.orThrow().out());
        assertThat(envelope.path("ok").asBoolean()).isTrue();
        return envelope.path("result");
    }

    @Test
    void a_shell_of_an_agent_client_is_no_person_though_nobody_registered_the_agent() throws IOException {
        tower.shell("agenttower scr reject --project shop " + propose("--append", "- x", "--description", "d"))
                .orThrow();
        String reject = "agenttower scr reject --project shop " + propose("--append", "- y", "--description", "d");
        for (String way : List.of(
                "cp /bin/sh \"$HOME/claude\"; \"$HOME/claude\" -c '" + reject + "; exit $?'",
                "CLAUDECODE=1 " + reject,
                "GEMINI_CLI=1 setsid -w sh -c '" + reject + "; exit $?'",
                "env CODEX_MANAGED_BY_NPM=1 " + reject)) {
            CommandResult refused = tower.shell(way);
            assertThat(refused.exitCode()).as(way).isEqualTo(3);
            assertThat(refused.err()).as(way).contains("code: agent_process");
        }
    }

    private String propose(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("scr", "propose", PLAN, "--role", "Developer", "--json"));
        command.addAll(List.of(options));
        return result(tower.run(command.toArray(String[]::new))).path("scr_id").asText();
    }

    @Test
    void an_agent_is_denied_proposes_and_a_human_decides_what_was_shown() throws IOException {
        CommandResult denied =
                tower.run("policy", "check", PLAN, "--action", "edit", "--role", "Developer", "--spec", "SPEC-001");
        assertThat(denied.exitCode()).isEqualTo(3);
        assertThat(denied.out()).startsWith("allowed=false\nreason=sovereign_path_violation\n");

        String id = propose("--append", "- a host\n", "--description", "why");
        assertThat(tower.run("statusline").out()).isEqualTo("Pending authorizations: 1\n");
        assertThat(tower.run("scr", "diff", id).orThrow().out()).endsWith("\n # Master plan of shop\n+- a host\n");

        String seen = result(tower.run("scr", "diff", id, "--json"))
                .path("current_sha256")
                .asText();
        Files.writeString(shop.resolve(PLAN), "# Another plan\n");
        assertThat(tower.run("scr", "authorize", id, "--yes", "--hash", seen).exitCode())
                .isEqualTo(3);
        assertThat(shop.resolve(PLAN)).hasContent("# Another plan\n");

        String now = result(tower.run("scr", "diff", id, "--json"))
                .path("current_sha256")
                .asText();
        tower.run("scr", "authorize", id, "--yes", "--hash", now).orThrow();
        assertThat(shop.resolve(PLAN)).hasContent("# Another plan\n- a host\n");
        assertThat(tower.run("statusline").out()).isEmpty();
        assertThat(tower.run("ledger", "verify").orThrow().out()).startsWith("valid=true\n");
    }

    @Test
    void nothing_that_an_agent_writes_reaches_a_terminal_as_it_is() throws IOException {
        Actor agent = new Actor("EVIL", "Developer");
        String change;
        String request;
        try (GovernanceClient governance = new GovernanceClient(tower.paths().httpSocket())) {
            change = governance
                    .submitChange(ChangeProposal.of(
                            agent,
                            PLAN,
                            new Proposal.Patch("# Master plan of shop", HOSTILE + "\nx" + HOSTILE),
                            HOSTILE))
                    .id();
            request = governance
                    .fileRequest(RequestDraft.of(agent, "Architect", HOSTILE, HOSTILE + "\n" + HOSTILE))
                    .id();
            governance.log(new LedgerNote(agent, Instant.EPOCH, "note", HOSTILE, null, true));
            governance.startSession(new SessionDraft(agent, "SPEC-001", "s1", false, null));
        }
        for (List<String> command : List.of(
                List.of("scr", "list"),
                List.of("scr", "show", change),
                List.of("scr", "diff", change),
                List.of("scr", "show", "no" + HOSTILE),
                List.of("request", "list"),
                List.of("request", "show", request),
                List.of("ledger", "tail"),
                List.of("ledger", "query"),
                List.of("session", "list"),
                List.of("policy", "status"),
                List.of("policy", "check", PLAN, "--action", "edit", "--role", "Developer", "--rationale", HOSTILE),
                List.of("project", "list"),
                List.of("statusline"),
                List.of("doctor"),
                List.of("whoami"))) {
            assertHarmless(tower.run(command.toArray(String[]::new)), command);
            List<String> asJson = new ArrayList<>(command);
            asJson.add("--json");
            CommandResult json = tower.run(asJson.toArray(String[]::new));
            assertHarmless(json, asJson);
            assertThat(json.out().lines())
                    .as("%s", asJson)
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
        assertThat(tower.run("scr", "diff", change).out())
                .contains(
                        "+safe<U+001B>[2J<U+001B>]0;t<U+0007><U+000D>EVIL <U+202E>txet<U+2066><U+009B>31m <U+200B><U+2028>");
    }

    private static void assertHarmless(CommandResult run, List<String> command) {
        assertThat((run.out() + run.err()).codePoints())
                .as("%s", command)
                .noneMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\t')
                        || Character.getType(c) == Character.FORMAT
                        || c == 0x2028
                        || c == 0x2029);
    }

    @Test
    void the_doctor_names_what_is_broken_and_what_to_do() throws IOException {
        assertThat(tower.run("doctor").orThrow().out())
                .contains("governance\tpass\t1 governed project(s)\n", "project:shop\tpass\t", "events is whole\n");

        Files.writeString(shop.resolve("config/specs.json"), "{\n  \"specs\": {\n    oops\n");
        Files.writeString(shop.resolve("config/dttp.json"), "{\"default_role\": 3}");
        Path ledger = shop.resolve("_cortex/ads/events.jsonl");
        // what the daemon appends meanwhile would be lost in what is written here
        await().atMost(PATIENCE)
                .until(() -> Files.readAllLines(ledger).stream()
                                .filter(line -> line.contains("\"sovereign_file_drift\""))
                                .count()
                        == 2);
        Files.writeString(ledger, Files.readString(ledger).replaceFirst("project_init", "project_exit"));
        CommandResult run = tower.run("config", "doctor", "--json");

        assertThat(run.exitCode()).isEqualTo(5);
        JsonNode checks = JSON.readTree(run.out()).path("checks");
        assertThat(checks.path("project:shop:config/specs.json").path("details").asText())
                .contains("config/specs.json: ", "line 3", "column ");
        assertThat(checks.path("project:shop:config/dttp.json").path("details").asText())
                .endsWith("default_role is neither a text nor null");
        assertThat(checks.path("project:shop:ledger").path("details").asText()).startsWith("Line 1: ");
        assertThat(checks.path("project:shop:ledger").path("actionable_message").asText())
                .contains("agenttower ledger heal");

        CommandResult healed = tower.run("ledger", "heal", "--reason", "a test").orThrow();
        assertThat(healed.out()).contains("kept_as=events.closed-", "first_bad_line=1\n");
        assertThat(tower.run("ledger", "verify").exitCode()).isZero();
        assertThat(tower.run("ledger", "heal", "--reason", "a test").exitCode()).isEqualTo(3);
    }

    @Test
    void the_doctor_names_a_missing_folder_and_a_broken_passphrase() throws IOException {
        Path passphrase = tower.paths().operatorPassphrase();
        Files.writeString(passphrase, "{\"algorithm\"");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        Files.move(shop, tower.home().resolve("elsewhere"));
        CommandResult run = tower.run("doctor");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out())
                .contains("operator_passphrase\tfail\t" + passphrase + ": ")
                .contains("project:shop:.\tfail\tits folder " + shop + " is missing");
        CommandResult refused = tower.run("project", "remove", "shop");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("code: passphrase_required\nnext: mend or remove the file");
    }

    @Test
    void sessions_begin_and_end_and_bind_their_processes() throws Exception {
        JsonNode started = result(tower.run("session", "start", "--role", "Developer", "--json"));
        String id = started.path("session_id").asText();
        assertThat(tower.run("session", "list").orThrow().out()).contains(id + "\tCLI\tDeveloper\tSPEC-001\t");
        tower.run("session", "end", id).orThrow();
        assertThat(tower.run("session", "list").orThrow().outLines()).hasSize(1);

        String program = Programs.REAL.launcher("agenttower").toString();
        String script =
                program + " session start --role Developer --session-id bound --pid $$ --project shop >/dev/null; "
                        + program + " whoami --project shop; ADT_ROLE=Architect " + program
                        + " policy check a --action edit --project shop";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        builder.environment().put("HOME", tower.home().toString());
        Process shell = builder.start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(said)
                .contains("human=false\nhuman_reason=agent_process\n", "role_source=session\nsession_id=bound\n")
                .contains("code: role_mismatch\nnext: ");
    }

    @Test
    void a_human_changes_the_policy() throws IOException {
        tower.run("policy", "set-role", "Developer", "--path", "src/", "--path", "tests/")
                .orThrow();
        tower.run("policy", "set-spec", "SPEC-001", "--role", "Developer", "--action", "edit")
                .orThrow();
        assertThat(tower.run("policy", "roles").orThrow().out())
                .contains("Developer\tno\tsrc/ tests/\t", "Architect\tno\t");
        assertThat(tower.run("policy", "specs").orThrow().out()).contains("SPEC-001\tapproved\t1\tDeveloper\tedit\t");
        CommandResult widened = tower.run("policy", "set-role", "Developer", "--path", "config/");
        assertThat(widened.exitCode()).isEqualTo(3);
        tower.run("policy", "set-role", "Developer", "--lock").orThrow();
        assertThat(tower.run("policy", "set-role", "Developer", "--path", "x/").err())
                .contains("locked");
        assertThat(tower.run("ledger", "query", "--type", "governance_config_updated")
                        .orThrow()
                        .outLines())
                .hasSize(3);
    }

    @Test
    @Tag("tmux")
    void a_proposal_is_edited_seen_and_authorized_at_a_terminal() throws Exception {
        assumeThat(new ProcessBuilder("sh", "-c", "command -v tmux")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .as("tmux")
                .isZero();
        String id = propose("--old", "# Master plan of shop", "--new", "# Master plan\nsecond");
        Path editor = Files.writeString(
                tower.home().resolve("editor"),
                "#!/bin/sh\nsed -i 's/^second$/third/' \"$1\"\n",
                StandardOpenOption.CREATE);
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        tmux("new-session", "-d", "-s", "desk", "-x", "200", "-y", "50", "sh");
        try {
            type("EDITOR=" + editor + " " + Programs.REAL.launcher("agenttower") + " scr edit " + id);
            await().atMost(PATIENCE).until(() -> screen().contains("[y/N]"));
            assertThat(screen())
                    .contains("-# Master plan of shop\n+# Master plan\n+third\n")
                    .contains("Authorize this change of " + PLAN + " (+2 -1 lines), result ");
            assertThat(shop.resolve(PLAN)).hasContent("# Master plan of shop\n");
            type("y");
            await().atMost(PATIENCE).until(() -> screen().contains("new_status=authorized"));
            assertThat(shop.resolve(PLAN)).hasContent("# Master plan\nthird\n");
        } finally {
            tmux("kill-server");
        }
    }

    private void type(String line) throws IOException, InterruptedException {
        tmux("send-keys", "-t", "desk", line, "Enter");
    }

    private String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-t", "desk");
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMUX_TMPDIR", tower.home().toString());
        builder.environment().put("HOME", tower.home().toString());
        builder.environment().remove("TMUX");
        builder.directory(tower.home().toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
