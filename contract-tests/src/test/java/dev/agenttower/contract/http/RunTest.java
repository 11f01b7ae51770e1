package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.bench.PrivateTmux;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code agenttower run} with a real daemon, a real tmux and programs that call the hook as a client does. */
@Tag("tmux")
@Timeout(300)
final class RunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String HOOK = Programs.REAL.launcher("agenttower-hook").toString();

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private PrivateTmux tmux;
    private GovernedFolder project;

    @BeforeEach
    void start() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tower.startAsOrphan();
        project = GovernedFolder.create(tower);
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    private CommandResult inProject(String command) {
        return tower.shell("cd '" + project.root() + "' && " + command);
    }

    private String read(String name) {
        Path file = project.path(name);
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).contains("status "));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Agents by label, with whether they are active. */
    private Map<String, Boolean> agents() {
        Map<String, Boolean> active = new TreeMap<>();
        for (JsonNode agent : tower.call("list_agents", Map.of()).path("result").path("agents")) {
            active.put(agent.path("label").asText(), agent.path("active").asBoolean());
        }
        return active;
    }

    private List<String> sessions() {
        List<String> agents = new ArrayList<>();
        for (JsonNode session : project.get("/api/sessions").has(200).json().path("sessions")) {
            agents.add(
                    session.path("agent").asText() + " " + session.path("role").asText());
        }
        return agents;
    }

    /** A program that asks the hook for a file, as its role and as another one, and stays. */
    private String writer(String file) {
        String input = "{\"session_id\":\"s\",\"cwd\":\"" + project.root()
                + "\",\"tool_name\":\"Write\",\"tool_input\":{\"file_path\":\"" + file + "\",\"content\":\"x\"}}";
        return "sh -c 'printf %s \"$1\" | $2 claude PreToolUse >$3 2>&1; echo status $? >>$3;"
                + " printf %s \"$1\" | ADT_ROLE=$4 $2 claude PreToolUse >$3-as-other 2>&1; echo status $? >>$3-as-other;"
                + " exec sleep 1000' sh '" + input + "' '" + HOOK + "' ";
    }

    @Test
    void two_agents_of_one_project_keep_their_jurisdictions_until_they_are_stopped() {
        inProject("agenttower run --role developer --spec spec-001 --label dev -- " + writer("src/a")
                        + "dev.out Architect")
                .orThrow();
        inProject("agenttower run --role Architect --label arch -- " + writer("src/a") + "arch.out Developer")
                .orThrow();
        assertThat(read("dev.out")).isEqualTo("status 0\n");
        assertThat(read("dev.out-as-other")).contains("is bound to role Developer, not Architect", "status 2");
        assertThat(read("arch.out")).contains("DTTP denied edit on src/a", "status 2");
        assertThat(read("arch.out-as-other")).contains("is bound to role Architect, not Developer", "status 2");
        assertThat(sessions()).containsExactlyInAnyOrder("dev Developer", "arch Architect");
        assertThat(tower.runProcess("run", "--list").orThrow().out())
                .contains("dev\tDeveloper\tSPEC-001\t", "arch\tArchitect\tSPEC-001\t");

        assertThat(tower.runProcess("run", "--stop", "dev").orThrow().out()).contains("label=dev", "forced=false");
        await().atMost(PATIENCE).until(() -> sessions().equals(List.of("arch Architect")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(agents()).isEqualTo(Map.of("dev", false, "arch", true)));
        assertThat(tower.runProcess("run", "--stop", "dev").err()).contains("no program runs as \"dev\"");
    }

    @Test
    void the_program_gets_all_words_runs_in_the_foreground_and_goes_on_when_it_is_stopped() {
        project.write(
                "words", "printf '%s|' \"$@\" >words.out; kill -TSTP $$; echo status 0 >>words.out; exec sleep 1000\n");
        inProject(
                        "agenttower run --role Developer --spec SPEC-001 --label 'a;' -- sh ./words 'one;' ';' 'two words' '#{pane_id}' 'last;'")
                .orThrow();

        assertThat(read("words.out")).isEqualTo("one;|;|two words|#{pane_id}|last;|status 0\n");
        await().atMost(PATIENCE)
                .until(() -> tmux.run("default", "list-panes", "-a", "-F", "#{pane_current_command}")
                        .strip()
                        .equals("sleep"));
        assertThat(tower.runProcess("run", "--label", "a;", "--", "true").err())
                .contains("an agent is called a; already");
        assertThat(tower.runProcess("run", "--label", "host-operator", "--", "true")
                        .err())
                .contains("would be taken for the person on the host");
    }

    /** Opens a pane in the project, and types a command into its shell, in which {@code $A} is the program. */
    private void type(String session, String command) {
        tmux.run("default", "new-session", "-d", "-s", session, "-x", "150", "-y", "40", "sh");
        tmux.run(
                "default",
                "send-keys",
                "-t",
                session,
                "export HOME='" + tower.home() + "'; unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME; cd '"
                        + project.root() + "'; A='" + Programs.REAL.launcher("agenttower") + "'; " + command,
                "Enter");
    }

    private JsonNode agent(String label) {
        for (JsonNode agent : tower.call("list_agents", Map.of("active_only", true))
                .path("result")
                .path("agents")) {
            if (agent.path("label").asText().equals(label)) {
                return agent;
            }
        }
        throw new AssertionError("no agent " + label);
    }

    /** Who did it, and in which role; the ledger writes names in capitals. */
    private List<String> ledger(String type) {
        List<String> found = new ArrayList<>();
        for (JsonNode event :
                project.get("/api/ads/events?action_type=" + type).has(200).json()) {
            found.add(event.path("agent").asText().toLowerCase(Locale.ROOT) + " "
                    + event.path("role").asText());
        }
        return found;
    }

    @Test
    void an_agent_does_not_get_the_role_of_another_by_its_environment_or_by_leaving_its_parents() throws IOException {
        inProject("agenttower run --role Architect --label arch -- sleep 1000").orThrow();
        Files.writeString(
                project.path("ask.sh"),
                "export ADT_ROLE=Architect ADT_AGENT=arch\nunset AGENTTOWER_SESSION_ID TMUX TMUX_PANE\n"
                        + "printf %s '{\"session_id\":\"s\",\"cwd\":\"" + project.root()
                        + "\",\"tool_name\":\"Write\",\"tool_input\":{\"file_path\":\"docs/a\",\"content\":\"x\"}}' | '"
                        + HOOK + "' claude PreToolUse\necho status $?\n");
        Files.writeString(
                project.path("tricks.sh"),
                "sh ask.sh >child.out 2>&1\n"
                        + "env -i HOME=\"$HOME\" PATH=\"$PATH\" sh ask.sh >bare.out 2>&1\n"
                        + "setsid -w sh ask.sh >setsid.out 2>&1\n"
                        + "( ( sleep 1; exec sh ask.sh >orphan.out 2>&1 ) & )\n"
                        + "nohup sh -c 'sh ask.sh >nohup.out 2>&1' >/dev/null 2>&1\n"
                        + "exec sh -c 'sh ask.sh >exec.out 2>&1; exec sleep 1000'\n");
        inProject("agenttower run --role Developer --spec SPEC-001 --label dev -- sh tricks.sh")
                .orThrow();
        for (String trick : List.of("child", "bare", "setsid", "orphan", "nohup", "exec")) {
            assertThat(read(trick + ".out"))
                    .as(trick)
                    .contains("is bound to role Developer, not Architect", "status 2");
        }
        assertThat(ledger("role_mismatch")).hasSize(6).containsOnly("dev Developer");
    }

    @Test
    void a_pane_that_registers_itself_is_one_agent_for_the_tower_and_for_governance() {
        type("me", "$A register-self --label api --as Nobody >none 2>&1; echo status $? >>none");
        assertThat(read("none"))
                .contains("no rights to the role \"Nobody\"; choose from Architect, Developer", "status 3");
        assertThat(agents()).isEmpty();

        type(
                "you",
                "$A register-self --label api --as developer --spec SPEC-001 >as 2>&1; $A whoami >who;"
                        + " $A session start --agent else --role Architect --spec SPEC-001 >other 2>&1;"
                        + " $A request file --to Architect --title T --description D >request 2>&1;"
                        + " $A policy run docs/x --action edit --role Developer --spec SPEC-001 >denied 2>&1;"
                        + " echo status $? >>as");
        assertThat(read("as")).contains("label=api", "governance_role=Developer", "governance_spec=SPEC-001");
        String pid = agent("api").path("pane_pid").asText();
        assertThat(project.path("who"))
                .content()
                .contains("label=api\n", "agent=api\n", "role=Developer\n", "role_source=session\n")
                .contains("session_pid=" + pid + "\n", "which is bound to process " + pid + " above it");
        assertThat(project.path("other")).content().contains("is bound to role Developer, not Architect");
        assertThat(agent("api").path("role").asText()).isEqualTo("unknown");
        assertThat(agent("api").path("governance_role").asText()).isEqualTo("Developer");
        assertThat(tower.runProcess("list-agents", "--governance").orThrow().out())
                .contains("\tGOVERNED_PROJECT\tGOVERNANCE_ROLE\n")
                .contains("\t" + agent("api").path("governance_project").asText() + "\tDeveloper\n");
        assertThat(ledger("session_start")).containsExactly("api Developer");
        assertThat(ledger("request_filed")).containsExactly("api Developer");
        assertThat(ledger("denied_edit")).containsExactly("api Developer");
    }

    @Test
    void a_person_gives_the_agent_of_a_pane_its_role() {
        type("web", "echo status ready >ready");
        read("ready");
        tower.runProcess("scan", "--panes").orThrow();
        CommandResult unknown = tower.runProcess("adopt", "--pane", "web:0.0", "--label", "web", "--as", "Nobody");
        assertThat(unknown.err()).contains("choose from Architect, Developer");
        assertThat(agents()).isEmpty();
        assertThat(tower.runProcess("adopt", "--pane", "web:0.0", "--label", "web", "--as", "Architect")
                        .orThrow()
                        .out())
                .contains("label=web", "governance_role=Architect");
        assertThat(agent("web").path("governance_role").asText()).isEqualTo("Architect");

        CommandResult again = tower.runProcess(
                "adopt", "--pane", "web:0.0", "--label", "web", "--as", "Developer", "--spec", "SPEC-001");
        assertThat(again.err()).contains("is bound to role Architect for as long as it runs");
        assertThat(agents()).isEqualTo(Map.of("web", true));
        assertThat(ledger("role_mismatch")).isEmpty();

        // Another agent is no person.
        type(
                "me",
                "$A register-self --label me >mine; $A adopt --pane web:0.0 --as Developer --spec SPEC-001 >foreign 2>&1;"
                        + " echo status $? >>foreign");
        assertThat(read("foreign")).contains("Only a human binds the process of an agent to a role");
    }

    @Test
    void a_worktree_beside_the_project_is_governed_by_the_same_policy_and_stays() {
        String git = "git -c user.name=n -c user.email=e@e ";
        String run = "agenttower run --role Developer --spec SPEC-001 --label api --worktree -- ";
        inProject("git init -q && " + git + "commit -q --allow-empty -m empty").orThrow();
        assertThat(inProject(run + "sleep 1000").err()).contains("the policy in config/ is not committed as it stands");
        inProject(git + "add config && " + git + "commit -q -m policy").orThrow();
        Path worktree =
                project.root().resolveSibling(project.name() + ".worktrees").resolve("api");
        String input = "{\"session_id\":\"s\",\"cwd\":\"" + worktree
                + "\",\"tool_name\":\"Write\",\"tool_input\":{\"file_path\":\"FILE\",\"content\":\"x\"}}";
        CommandResult opened = inProject(run
                + "sh -c 'ask() { printf %s \"$1\" | $2 claude PreToolUse >$3 2>&1; echo status $? >>$3; };"
                + " ask \"$1\" $3 own; ask \"$2\" $3 others; exec sleep 1000' sh '" + input.replace("FILE", "src/a")
                + "' '" + input.replace("FILE", "docs/a") + "' '" + HOOK + "'");
        assertThat(opened.orThrow().err())
                .contains("stays when the agent ends, as the project " + project.name() + "-api");
        String folder = "../" + project.name() + ".worktrees/api/";
        assertThat(read(folder + "own")).isEqualTo("status 0\n");
        assertThat(read(folder + "others")).contains("DTTP denied edit on docs/a", "status 2");
        assertThat(agent("api").path("governance_project").asText()).isEqualTo(project.name() + "-api");
        assertThat(inProject("git branch --list api").out()).contains("api");
        assertThat(inProject(run + "sleep 1000").err()).contains("an agent is called api already");

        tower.runProcess("run", "--stop", "api").orThrow();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(agents()).isEqualTo(Map.of("api", false)));
        assertThat(worktree.resolve("config/specs.json")).exists();
        assertThat(tower.runProcess("project", "list").orThrow().out()).contains(project.name() + "-api");
    }

    @Test
    void here_the_status_passes_through_and_the_pane_stays() {
        type(
                "me",
                "$A run --here --role Developer --spec SPEC-001 --label api --"
                        + " sh -c 'echo \"$ADT_AGENT $ADT_ROLE $ADT_SPEC_ID\" >who; exit 7'; echo status $? >out");
        assertThat(read("out")).isEqualTo("status 7\n");
        assertThat(project.path("who")).hasContent("api Developer SPEC-001");
        assertThat(agents()).isEqualTo(Map.of("api", false));
        assertThat(sessions()).isEmpty();
        assertThat(tmux.run("default", "list-panes", "-a", "-F", "#{pane_dead}"))
                .isEqualToIgnoringWhitespace("0");
    }

    @Test
    void what_cannot_be_governed_is_not_started() throws IOException {
        CommandResult role = inProject("agenttower run --role Nobody -- sleep 1000");
        assertThat(role.exitCode()).isEqualTo(3);
        assertThat(role.err()).contains("no rights to the role \"Nobody\"; choose from Architect, Developer");
        assertThat(inProject("agenttower run --role Developer --spec SPEC-9 -- sleep 1000")
                        .err())
                .contains("no rights to the spec \"SPEC-9\"; choose from SPEC-001, SPEC-002");
        assertThat(inProject("agenttower run -- no-such-program").err())
                .contains("there is no program \"no-such-program\" on the PATH");
        assertThat(tower.shell("cd / && agenttower run --role Developer -- sleep 1000")
                        .err())
                .contains("lies in no governed project");

        Path folder = Files.createDirectories(tower.home().resolve("bin"));
        Path claude = Files.writeString(folder.resolve("claude"), "#!/bin/sh\nexec sleep 1000\n");
        assertThat(claude.toFile().setExecutable(true)).isTrue();
        String path = "PATH='" + folder + "':$PATH; ";
        assertThat(inProject(path + "agenttower run --role Architect -- claude </dev/null")
                        .err())
                .contains("run `agenttower hooks install claude --user` first");
        assertThat(agents()).isEmpty();

        inProject(path + "agenttower hooks install claude --user && agenttower run --role Architect -- claude")
                .orThrow();
        assertThat(agents()).isEqualTo(Map.of("claude", true));
    }
}
