package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.TransportException;
import dev.agenttower.client.governance.hook.HookAnswer;
import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code agenttower hook}: what the program {@code agenttower-hook} does, without curl. In a governed folder, whatever goes wrong with a tool call
 * denies it; elsewhere nothing is done.
 */
@Command(
        name = "hook",
        description = {
            "be the hook of an agent client: read an event on stdin, ask the daemon, print what the client expects",
            "for machines without curl; agenttower-hook does the same and starts faster"
        },
        footer = "  agenttower hook claude PreToolUse <input.json")
public final class HookCommand implements Callable<Integer> {
    private static final Duration JUDGED = Duration.ofSeconds(10);
    private static final Duration TOLD = Duration.ofSeconds(2);
    private static final int DENIED = 2;
    private static final HookAnswer NOTHING = new HookAnswer(0, "");
    private static final Pattern PID = Pattern.compile("[1-9]\\d{0,9}");

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "CLIENT", description = "claude, gemini or codex")
    private String client;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EVENT",
            description = "the event, such as PreToolUse; default: hook_event_name of the input")
    private @Nullable String event;

    HookCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        HookAnswer answer;
        try {
            answer = answer();
        } catch (RuntimeException e) {
            // A failure of this program must not let a call through.
            answer = denial("AgentTower cannot judge the call: " + Text.singleLine(e.toString()));
        }
        if (answer.isDenial() && event != null && !isJudged(event)) {
            return ExitCode.OK.status(); // such an event only tells of the agent
        }
        if (!answer.text().isEmpty()) {
            (answer.isDenial() ? context.err() : context.out()).print(answer.text() + "\n");
        }
        return answer.exitStatus();
    }

    private HookAnswer answer() {
        @Nullable Path folder;
        try {
            folder = HookSurroundings.governed(Path.of("").toRealPath());
        } catch (IOException e) {
            return denial("AgentTower cannot judge the call, because the working folder was removed");
        }
        if (folder == null) {
            return NOTHING;
        }
        String run = "the call was denied, because it cannot be judged: " + folder + " is governed by AgentTower";
        byte[] input;
        try {
            input = context.in().readNBytes(HookSurroundings.MAX_INPUT);
            event = event == null
                    ? JsonText.parse(input).path("hook_event_name").textValue()
                    : event;
        } catch (IOException e) {
            return denial("AgentTower's hook cannot read its input; " + run);
        }
        if (event == null || event.isEmpty()) {
            return denial("AgentTower's hook is not told which event it is for; " + run);
        }
        HookSurroundings surroundings = new HookSurroundings(context);
        Path socket = surroundings.socket();
        if (!Files.exists(socket)) {
            return denial("AgentTower's daemon is not running; " + run + ". Start it with: agenttower ensure-daemon");
        }
        try (GovernanceClient daemon = new GovernanceClient(socket)) {
            return daemon.hook(
                    surroundings.call(client, event, process(), true), input, isJudged(event) ? JUDGED : TOLD);
        } catch (TransportException e) {
            return denial("AgentTower's daemon did not answer (" + Text.singleLine(e.getMessage()) + "); " + run
                    + ". Start it anew with: agenttower stop-daemon; agenttower ensure-daemon");
        }
    }

    /** The process of the client; null if this is not run by one, as by somebody who tries it by hand. */
    private @Nullable Long process() {
        @Nullable String named = context.variable("CLAUDE_PID");
        if (client.equals("claude")) {
            return named != null && PID.matcher(named).matches() ? Long.valueOf(named) : null;
        }
        return ProcessHandle.current()
                .parent()
                .map(ProcessHandle::pid)
                .filter(pid -> isClient(program(pid)))
                .orElse(null);
    }

    private boolean isClient(String program) {
        return switch (client) {
            case "gemini" -> program.startsWith("node") || program.startsWith("gemini");
            case "codex" -> program.startsWith("codex");
            default -> false;
        };
    }

    private String program(long pid) {
        try {
            return Files.readString(context.root().resolve("proc/" + pid + "/comm"));
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isJudged(String event) {
        return HookClients.all().stream().anyMatch(each -> each.toolEvent().equals(event));
    }

    private static HookAnswer denial(String text) {
        return new HookAnswer(DENIED, text);
    }
}
