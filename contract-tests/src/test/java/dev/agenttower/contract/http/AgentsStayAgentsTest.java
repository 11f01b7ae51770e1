package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.http.ListeningShell.Answer;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ways of an agent to look like something else, with real processes, a real tmux and a real daemon: each way to cut a process loose, and each way to
 * move a pane, for each kind of agent; before and after a scan, a restart of the daemon, and the end of the agent.
 */
@Tag("tmux")
@Timeout(180)
final class AgentsStayAgentsTest {
    /** Below each kind of agent whom a process is taken for as long as the agent runs, and after that. */
    private static final List<Way> WAYS = ways("""
            background            |        | %s &                                            | A A | A D | A D
            subshell              | orphan | (%s &)                                          | A A | D D | D D
            nohup                 |        | nohup %s >/dev/null 2>&1 &                      | A A | A D | A D
            nohup-in-sh           | orphan | sh -c 'nohup %s >/dev/null 2>&1 &'              | A A | D D | D D
            ignored-hangup        |        | (trap '' HUP; %s) &                             | A A | A D | A D
            double-fork           | orphan | ((%s &) &)                                      | A A | D D | D D
            perl-fork             | orphan | perl -e 'fork && exit; exec "%s"'               | A A | D D | D D
            perl-daemon           | orphan | perl -MPOSIX -e 'fork && exit; setsid; fork && exit; exec "%s"' | A A | D D | D D
            disown                | orphan | bash -c '%s & disown'                           | A A | D D | D D
            other-name            |        | bash -c 'exec -a human %s' &                    | A A | A D | A D
            setsid                |        | setsid %s &                                     | A A | A A | A A
            setsid-f              | orphan | setsid -f %s                                    | A A | D D | D D
            setsid-no-pane        | orphan | setsid -f env -u TMUX -u TMUX_PANE %s           | D D | D D | D D
            setsid-empty          | orphan | setsid -f env -i $keep %s                       | D D | D D | D D
            terminal              |        | script -qfc '%s' /dev/null >/dev/null &         | A A | A A | A A
            terminal-loose        |        | setsid -f script -qfc '%s' /dev/null >/dev/null | A A | H H | D D
            terminal-empty        |        | setsid -f env -i $keep script -qfc '%s' /dev/null >/dev/null | H H | H H | H H
            tmux-run-shell        |        | tmux run-shell -b '%s'                          | D D | D D | D D
            tmux-if-shell         |        | tmux if-shell -b '%s' ''                        | D D | D D | D D
            tmux-pipe-pane        |        | tmux pipe-pane -t $spare '%s'                   | D D | D D | D D
            tmux-new-window       |        | tmux new-window -d '%s'                         | H H | H H | H H
            tmux-split-window     |        | tmux split-window -d -t $spare '%s'             | H H | H H | H H
            tmux-respawn-pane     |        | tmux respawn-pane -k -t $spare '%s'             | H H | H H | H H
            tmux-own-server       |        | tmux -L $server -f /dev/null new-session -d '%s' | A A | H H | D D
            """);

    /** What may be done to a pane; it goes on being {@code $pane}. */
    private static final List<String> MOVES = """
            rename-session -t work renamed
            rename-session -t renamed work
            rename-window -t $pane other
            split-window -d -b -t $pane sleep 1000
            split-window -d -h -t $pane sleep 1000
            swap-pane -d -s $pane -t spare:0.0
            rotate-window -t $pane
            select-layout -t $pane even-horizontal
            break-pane -d -s $pane -t spare:4 -n alone
            join-pane -d -s $pane -t spare:0.0
            move-pane -d -b -s $pane -t work:0.0
            break-pane -d -s $pane -t work:7
            swap-window -d -s work:7 -t work:0
            swap-window -d -s work:0 -t spare:0
            move-window -d -s spare:0 -t work:9
            set-option -g base-index 3
            move-window -r -t work
            link-window -d -s $pane -t spare:8
            unlink-window -t spare:8
            move-window -d -s $pane -t spare:5
            new-window -d -k -t work:3 sleep 1000
            kill-session -t work
            resize-pane -Z -t $pane
            rename-session -t spare last
            """.lines().toList();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCR = "/api/governance/sovereign-requests";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine().optimized();

    private GovernedFolder project;
    private Path folder;

    /** A way to start a process; {@code %s} is its command, and {@code expected} what its agent's kind makes of it. */
    private record Way(String name, boolean isOrphan, String wrapper, List<String> expected) {}

    /** A cut-off process of an agent of one kind. */
    private record Cell(String name, ListeningShell shell, String living, String ended) {}

    private static List<Way> ways(String table) {
        return table.lines()
                .map(line -> List.of(line.split(" *\\| *", -1)))
                .map(row -> new Way(row.get(0), !row.get(1).isEmpty(), row.get(2), row.subList(3, row.size())))
                .toList();
    }

    @BeforeEach
    void start() throws Exception {
        for (String program : List.of("tmux", "script", "perl", "bash")) {
            boolean isInstalled = run("sh", "-c", "command -v " + program) == 0;
            if (!isInstalled) {
                System.err.println("SKIPPED: " + program + " is not installed");
            }
            assumeThat(isInstalled).as(program).isTrue();
        }
        tower.start();
        project = GovernedFolder.create(tower);
        folder = Files.createDirectory(tower.home().resolve("shells"));
        tmux("new-session", "-d", "-s", "spare", "-x", "200", "-y", "50", "sleep", "1000");
        tmux("split-window", "-d", "-t", "spare", "sleep", "1000");
        tmux("new-window", "-d", "-t", "spare:40", "sleep", "1000");
    }

    @AfterEach
    void stopTmux() throws Exception {
        try (Stream<Path> sockets = Files.list(sockets())) {
            for (Path socket : sockets.toList()) {
                run("tmux", "-S", socket.toString(), "kill-server");
            }
        }
    }

    private Path sockets() throws IOException {
        try (Stream<Path> files = Files.list(tower.home())) {
            return files.filter(file -> file.getFileName().toString().startsWith("tmux-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ProcessBuilder command(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tower.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", tower.home().toString());
        builder.environment().put("TMUX_TMPDIR", tower.home().toString());
        builder.environment().keySet().removeAll(List.of("TMUX", "TMUX_PANE"));
        return builder;
    }

    private int run(String... command) throws IOException, InterruptedException {
        return command(command).start().waitFor();
    }

    private void tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        assertThat(run(command.toArray(String[]::new)))
                .as("%s", List.of(arguments))
                .isZero();
    }

    private ListeningShell shell(String name) {
        return ListeningShell.named(folder, name);
    }

    private void scan() {
        tower.call("scan_containers");
        tower.call("scan_panes");
    }

    /** Adopts the pane of a process, as a user does; gives its id. */
    private String adopt(ListeningShell shell) {
        String token = tower.hello();
        JsonNode[] pane = new JsonNode[1];
        await().atMost(PATIENCE).untilAsserted(() -> {
            scan();
            JsonNode panes = tower.call("list_panes").path("result").path("panes");
            panes.forEach(row -> {
                if (row.path("pane_pid").asLong() == shell.pid()) {
                    pane[0] = row;
                }
            });
            assertThat(pane[0]).as("%d in %s", shell.pid(), panes).isNotNull();
        });
        Map<String, Object> wish = new LinkedHashMap<>(Map.of(
                "app_session_token", token, "role", "slave", "capability", "claude", "label", "shell-" + shell.pid()));
        wish.put("container_id", pane[0].path("container_id").asText());
        wish.put("tmux_socket", pane[0].path("tmux_socket_path").asText());
        wish.put("session_name", pane[0].path("tmux_session_name").asText());
        wish.put("window_index", pane[0].path("tmux_window_index").asInt());
        wish.put("pane_index", pane[0].path("tmux_pane_index").asInt());
        wish.put("pane_id", pane[0].path("tmux_pane_id").asText());
        JsonNode adopted = tower.call("app.agent.register_from_pane", wish);
        assertThat(adopted.path("ok").asBoolean())
                .as("%s of %s", adopted, pane[0])
                .isTrue();
        return pane[0].path("tmux_pane_id").asText();
    }

    /** Binds a session to a shell, as the hook of an agent does. */
    private void bind(ListeningShell shell, String session) throws IOException {
        Path body = folder.resolve(session + ".json");
        Files.writeString(
                body,
                quoted("{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','session_id':'" + session + "','pid':"
                        + shell.pid() + "}"));
        assertThat(shell.ask(curl("/api/sessions/start", "-H Content-Type:application/json -d @" + body))
                        .text())
                .contains("success");
    }

    private String curl(String target, String options) {
        return "curl -s -m 20 " + options + " --unix-socket " + tower.paths().httpSocket() + " 'http://tower"
                + project.at(target) + "'";
    }

    private Answer identity(ListeningShell shell) {
        return shell.ask(curl("/api/governance/identity", ""));
    }

    /** What an identity says: A for an agent, D for a process that may be one, H for a human. */
    private static String verdict(String identity) {
        try {
            JsonNode answer = JSON.readTree(identity);
            return answer.path("human").asBoolean()
                    ? "H"
                    : switch (answer.path("human_reason")
                            .asText(answer.path("reason").asText())) {
                        case "agent_process" -> "A";
                        case "detached_process" -> "D";
                        case "passphrase_required" -> "P";
                        default -> identity;
                    };
        } catch (IOException e) {
            return identity;
        }
    }

    /** Asks all at once, and compares what they are told with what is expected. */
    private static void check(
            String when, List<Cell> cells, Function<ListeningShell, Answer> question, Function<Cell, String> expected) {
        List<Answer> answers =
                cells.stream().map(cell -> question.apply(cell.shell)).toList();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String verdict = verdict(answers.get(i).text());
            if (!verdict.equals(expected.apply(cells.get(i)))) {
                wrong.add(cells.get(i).name + ": " + verdict + " instead of " + expected.apply(cells.get(i)));
            }
        }
        assertThat(wrong).as(when).isEmpty();
    }

    private Process terminal(ListeningShell shell) throws IOException {
        return command("script", "-qfec", shell.command(), "/dev/null").start();
    }

    @Test
    void however_a_process_is_cut_loose() throws Exception {
        ListeningShell terminal = shell("terminal");
        Process emulator = terminal(terminal);
        try {
            ListeningShell pane = shell("pane");
            tmux("new-window", "-d", "-t", "spare", pane.command());
            ListeningShell adopted = shell("adopted");
            tmux("new-session", "-d", "-s", "work", "-x", "200", "-y", "50", adopted.command());
            List<ListeningShell> agents =
                    List.of(adopted, startedBy(terminal, "terminal-agent"), startedBy(pane, "pane-agent"));
            adopt(adopted);
            bind(agents.get(1), "terminal");
            bind(agents.get(2), "pane");
            List<Cell> cells = cutLoose(agents);
            for (ListeningShell human : List.of(terminal, pane)) {
                cells.add(new Cell("human", human, "H", "H"));
                cells.add(new Cell("job of a human", startedBy(human, "job-" + human.pid()), "H", "H"));
            }
            check("before a scan", cells, this::identity, Cell::living);
            cells.stream().filter(cell -> cell.name.equals("subshell-1")).forEach(this::assertKeepsRole);
            scan();
            check("after a scan", cells, this::identity, Cell::living);
            tower.stop();
            tower.start();
            check("after a restart", cells, this::identity, Cell::living);
            for (ListeningShell agent : agents) {
                ProcessHandle process = ProcessHandle.of(agent.pid()).orElseThrow();
                process.destroyForcibly();
                DaemonProcess.awaitEnd(process);
            }
            cells.removeIf(cell -> agents.contains(cell.shell));
            check("after the end of the agent", cells, this::identity, Cell::ended);
            scan();
            loseSightOfTmux();
            check("after a restart without tmux", cells, this::identity, Cell::ended);
            setPassphrase();
            String decision = curl(SCR + "/" + proposed(), "-X PUT -H Content-Type:application/json -d @" + reject());
            check("with a passphrase", cells, shell -> shell.ask(decision), cell -> cell.ended.equals("A") ? "A" : "P");
        } finally {
            emulator.destroyForcibly();
        }
    }

    private void assertKeepsRole(Cell orphan) {
        assertThat(identity(orphan.shell).text()).contains("\"role\":\"Developer\",\"role_source\":\"session\"");
        assertThat(orphan.shell
                        .ask(curl("/api/governance/identity?role=Architect", ""))
                        .text())
                .contains("role_mismatch");
    }

    private ListeningShell startedBy(ListeningShell parent, String name) {
        ListeningShell shell = shell(name);
        parent.run(shell.command() + " &");
        shell.pid();
        return shell;
    }

    private List<Cell> cutLoose(List<ListeningShell> agents) throws Exception {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            ListeningShell agent = agents.get(i);
            cells.add(new Cell("agent " + i, agent, "A", ""));
            for (Way way : WAYS) {
                String name = way.name + "-" + i;
                if (way.wrapper.contains("$spare")) {
                    tmux("new-window", "-d", "-t", "spare", "-n", name, "sleep", "1000");
                }
                ListeningShell shell = shell(name);
                agent.run(way.wrapper
                        .replace("%s", way.isOrphan ? shell.commandOfOrphan() : shell.command())
                        .replace("$keep", "HOME=$HOME PATH=$PATH")
                        .replace("$spare", "spare:" + name)
                        .replace("$server", "own-" + i));
                String[] expected = way.expected.get(i).split(" ", -1);
                cells.add(new Cell(name, shell, expected[0], expected[1]));
            }
        }
        cells.forEach(cell -> cell.shell.pid());
        return cells;
    }

    /** Takes the host away from the daemon, its agents and its tmux too. */
    private void loseSightOfTmux() throws Exception {
        tower.stop();
        tower.sql("UPDATE agents SET active = 0", "UPDATE panes SET active = 0");
        Files.writeString(tower.paths().configFile(), "\n[host]\nenabled = false\n", StandardOpenOption.APPEND);
        Files.move(sockets(), tower.home().resolve("tmux-aside"));
        tower.with("TMUX_TMPDIR", folder.toString()).start();
    }

    private void setPassphrase() throws IOException {
        Path file = tower.paths().operatorPassphrase();
        Files.writeString(
                file,
                JsonForm.pretty(PassphraseHash.create("sesame".toCharArray(), new SecureRandom())
                        .fields()),
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String proposed() {
        return project.post(
                        SCR,
                        "{'agent':'CLAUDE','role':'Developer','target_path':'_cortex/MASTER_PLAN.md',"
                                + "'change_type':'append','content':'more'}")
                .has(201)
                .text("scr_id");
    }

    private Path reject() {
        try {
            return Files.writeString(folder.resolve("reject.json"), quoted("{'action':'reject'}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void wherever_its_pane_is_moved() throws Exception {
        ListeningShell agent = shell("agent");
        tmux("new-session", "-d", "-s", "work", "-x", "200", "-y", "50", agent.command());
        String pane = adopt(agent);
        List<String> wrong = new ArrayList<>();
        for (String move : MOVES) {
            tmux(move.replace("$pane", pane).split(" ", -1));
            String before = verdict(identity(agent).text());
            scan();
            String after = verdict(identity(agent).text());
            if (!(before + after).equals("AA")) {
                wrong.add(move + ": " + before + " before and " + after + " after a scan");
            }
        }
        assertThat(wrong).isEmpty();
        tower.stop();
        tower.start();
        assertThat(verdict(identity(agent).text())).isEqualTo("A");
    }

    @Test
    void whatever_runs_in_its_pane_next() throws Exception {
        ListeningShell agent = shell("agent");
        tmux("new-session", "-d", "-s", "work", "-x", "200", "-y", "50", agent.command());
        String pane = adopt(agent);
        ListeningShell next = shell("next");
        tmux("respawn-pane", "-k", "-t", pane, next.command());
        assertThat(verdict(identity(next).text())).isEqualTo("A");
        scan();
        assertThat(verdict(identity(next).text())).isEqualTo("A");
        ListeningShell hidden = shell("hidden");
        tmux("respawn-pane", "-k", "-t", pane, "exec env -i PATH=$PATH HOME=$HOME " + hidden.command());
        assertThat(hidden.pid()).isPositive();
        scan();
        assertThat(verdict(identity(hidden).text())).isEqualTo("A");
    }
}
