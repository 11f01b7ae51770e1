package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code console} on a real terminal, with a real daemon, panes of a real tmux and a governed project. */
@Tag("tmux")
@Timeout(120)
final class ConsoleTest {
    private static final String SERVER = "default";
    private static final String CONSOLE = Programs.REAL.launcher("agenttower").toAbsolutePath() + " console";
    private static final String PASSPHRASE = "open sesame 日本";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    @TempDir
    Path directory;

    private PrivateTmux tmux;
    private TestTerminal terminal;
    private Path pid;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tmux.run(SERVER, "new-session", "-d", "-s", "work", "-x", "80", "-y", "24", "echo this is the agent; cat");
        tower.start();
        tower.call("scan_panes");
        tower.run("adopt", "--pane", "%0", "--role", "slave", "--capability", "shell", "--label", "backend")
                .orThrow();
        pid = directory.resolve("pid");
        Map<String, String> environment = new HashMap<>(tmux.environment());
        environment.put("HOME", tower.home().toString());
        terminal = TestTerminal.open(24, environment);
    }

    @AfterEach
    void close() {
        if (terminal != null) {
            terminal.close();
        }
        tmux.close();
    }

    private void openConsole() {
        terminal.enter(TestTerminal.traced(CONSOLE, pid));
        terminal.awaitShown("backend");
    }

    private String pane() {
        return tmux.run(SERVER, "capture-pane", "-p", "-t", "%0");
    }

    @Test
    void a_change_is_seen_and_decided_behind_the_passphrase() throws IOException {
        Path shop = Files.createDirectory(tower.home().resolve("shop"));
        tower.run("project", "init", shop.toString()).orThrow();
        String plan = "_cortex/MASTER_PLAN.md";
        tower.run("scr", "propose", plan, "--append", "a host\u001b[2J\n", "--description", "why not")
                .orThrow();
        tower.run("scr", "propose", plan, "--append", "another host\n").orThrow();
        Path stored = tower.paths().operatorPassphrase();
        Files.writeString(
                stored,
                JsonForm.pretty(PassphraseHash.create(PASSPHRASE.toCharArray(), new SecureRandom())
                        .fields()));
        Files.setPosixFilePermissions(stored, PosixFilePermissions.fromString("rw-------"));
        String before = terminal.settings();
        openConsole();
        terminal.awaitShown("Pending authorizations: 2 -- open ADT Panel (Ctrl+G)");

        terminal.press("C-g");
        terminal.awaitShown("why not");
        terminal.press("Enter");
        terminal.awaitLine("+a host<U+001B>[2J");
        terminal.press("a");
        terminal.awaitLine("Authorize this change of " + plan + " (+1 -0 lines), result ");
        terminal.press("y");
        terminal.awaitLine("Operator passphrase:");
        terminal.type(PASSPHRASE);
        terminal.press("Enter");
        terminal.awaitShown("is authorized");
        assertThat(shop.resolve(plan)).content().endsWith("a host\u001b[2J\n");
        terminal.awaitShown("Pending authorizations: 1 ");

        terminal.press("Enter");
        terminal.awaitLine("+another host");
        terminal.press("r");
        terminal.type("one is enough");
        terminal.press("Enter");
        terminal.awaitLine("Operator passphrase:");
        terminal.type("guessed");
        terminal.press("Enter");
        terminal.awaitLine("That is not it. Operator passphrase:");
        terminal.type(PASSPHRASE);
        terminal.press("Enter");
        terminal.awaitShown("is rejected");
        terminal.awaitShown("Nothing waits for you");
        assertThat(tower.run("scr", "list", "--all").orThrow().out()).contains("rejected");

        terminal.press("q", "q");
        terminal.awaitShown("ended with 0");
        assertThat(terminal.isPlain()).isTrue();
        assertThat(terminal.settings()).isEqualTo(before);
        assertThat(terminal.lines()).noneMatch(line -> line.contains("sesame"));
    }

    @Test
    void prompts_are_sent_and_stopped_and_enter_leads_to_the_pane() throws IOException {
        tmux.run(SERVER, "new-window", "-d", "-t", "work", "cat");
        String before = terminal.settings();
        openConsole();
        terminal.awaitLine("this is the agent");
        terminal.press("s");
        terminal.awaitLine("Prompt for backend:");
        terminal.type("q k 日本");
        terminal.awaitLine("Prompt for backend: q k 日本");
        terminal.press("Enter");
        terminal.awaitLine("prompt delivered");
        await().atMost(TestTerminal.PATIENCE)
                .untilAsserted(() -> assertThat(pane()).contains("q k 日本"));
        terminal.awaitLine("q k 日本");

        terminal.press("k", "y");
        terminal.awaitShown("kill switch: no prompts are delivered");
        assertThat(tower.run("routing", "status").orThrow().out()).startsWith("routing: disabled");

        terminal.press("a");
        terminal.awaitLine("> host             work:1.0");
        terminal.press("Enter");
        terminal.awaitLine("Label of the agent in work:1.0: work");
        terminal.press("Enter");
        terminal.awaitShown("adopted as work");
        terminal.resize(60, 16);
        terminal.awaitShown("2 agents");
        assertThat(terminal.lines()).hasSizeLessThanOrEqualTo(16).allMatch(line -> line.length() <= 60);
        terminal.press("/");
        terminal.type("back");
        terminal.press("Enter");
        terminal.awaitLine("> unknown   backend");

        terminal.press("Enter");
        terminal.awaitLine("this is the agent");
        terminal.press("C-b", "d");
        terminal.awaitLine("> unknown   backend");
        Command.run("kill", "-TERM", Files.readString(pid).strip());
        terminal.awaitShown("ended with 143");
        assertThat(terminal.isPlain()).isTrue();
        assertThat(terminal.settings()).isEqualTo(before);
        terminal.enter("clear; TERM=dumb " + CONSOLE);
        terminal.awaitShown("error: TERM is dumb: the console needs a terminal");
    }
}
