package dev.agenttower.cli.hook;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.TransportException;
import dev.agenttower.client.governance.hook.LastHookCalls;
import dev.agenttower.core.governance.human.KnownClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the hooks of clients call the daemon: the calls that it saw, beside the clients that run. */
final class LiveClients {
    private final HookScope scope;
    private final @Nullable LastHookCalls calls;

    private LiveClients(HookScope scope, @Nullable LastHookCalls calls) {
        this.scope = scope;
        this.calls = calls;
    }

    /** Asks the daemon; nothing is known if it does not run. */
    static LiveClients of(HookScope scope, Path socket) {
        if (!Files.exists(socket)) {
            return new LiveClients(scope, null);
        }
        try (GovernanceClient daemon = new GovernanceClient(socket)) {
            return new LiveClients(scope, daemon.hookCalls());
        } catch (TransportException | GovernanceRefusedException e) {
            return new LiveClients(scope, null);
        }
    }

    /** The report with what is known of calls: its last one, or the process of a client that has made none. */
    HookReport checked(HookReport report, HookClient client) {
        LastHookCalls known = calls;
        if (known == null || !report.state().equals(HookSurvey.INSTALLED)) {
            return report;
        }
        Optional<LastHookCalls.Call> last = known.calls().stream()
                .filter(call -> call.client().equals(client.name()))
                .reduce((first, second) -> second);
        HookReport seen = report.withCall(
                last.map(call -> call.at() + " (" + call.event() + ")").orElse("none since " + known.since()));
        return client.callsAtStart() ? silent(client, known).map(seen::silent).orElse(seen) : seen;
    }

    /** A process of the client in a governed folder that has called nobody since its start. */
    private Optional<String> silent(HookClient client, LastHookCalls known) {
        Set<Long> called = new HashSet<>();
        known.calls().stream()
                .filter(call -> call.client().equals(client.name()))
                .forEach(call -> called.add(call.process()));
        // The start of a process is known to a second or two.
        Instant since = Instant.parse(known.since()).minusSeconds(2);
        return ProcessHandle.allProcesses()
                .filter(process -> isOf(client, process) && isGoverned(process))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> start.isAfter(since))
                        .isPresent())
                // A client may be a pair of processes, one of which runs the hooks.
                .filter(process -> Stream.concat(
                                Stream.iterate(
                                                Optional.of(process),
                                                Optional::isPresent,
                                                above -> above.flatMap(ProcessHandle::parent))
                                        .map(Optional::get),
                                process.descendants())
                        .noneMatch(relative -> called.contains(relative.pid())))
                .findFirst()
                .map(process -> "process " + process.pid() + ", which was started at "
                        + process.info()
                                .startInstant()
                                .map(start ->
                                        start.truncatedTo(ChronoUnit.SECONDS).toString())
                                .orElse("an unknown time")
                        + ", has not called it; start it anew, and see docs/hooks.md");
    }

    private static boolean isOf(HookClient client, ProcessHandle process) {
        try {
            Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            List<String> words = List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0", -1));
            return KnownClients.BUILT_IN
                    .client(process.info().command().orElse(""), words)
                    .filter(known -> known.programs().contains(client.name()))
                    .isPresent();
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }

    private boolean isGoverned(ProcessHandle process) {
        try {
            Path folder = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
            Path governed = HookSurroundings.governed(folder);
            return governed != null && (!scope.isProject() || governed.equals(scope.folder()));
        } catch (IOException e) {
            return false;
        }
    }
}
