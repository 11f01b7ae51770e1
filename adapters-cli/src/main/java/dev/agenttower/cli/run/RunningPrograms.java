package dev.agenttower.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.cli.surroundings.ProcessEnvironment;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The programs of agents that were started by {@code agenttower run}. Such a program tells by its environment and its parent; which agent it is,
 * and its role, the daemon tells, by the pane that it runs in.
 */
record RunningPrograms(List<Running> programs) {
    private static final long SECONDS_TO_END = 10;

    static RunningPrograms list(CliContext context) {
        Map<Long, JsonNode> agents = new HashMap<>();
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            new OwnPane(daemon, context).knownBench().ifPresent(bench -> {
                for (JsonNode agent : daemon.activeAgents(bench)) {
                    agents.put(agent.path("pane_pid").asLong(-1), agent);
                }
            });
        }
        return new RunningPrograms(ProcessHandle.allProcesses()
                .flatMap(process -> running(process, agents))
                .toList());
    }

    /** The program itself is the child of the shell that it names; what it starts has the same environment and another parent. */
    private static Stream<Running> running(ProcessHandle process, Map<Long, JsonNode> agents) {
        String shell = ProcessEnvironment.of(process.pid()).getOrDefault(PaneRun.SHELL, "");
        boolean isProgram = process.parent()
                .filter(parent -> Long.toString(parent.pid()).equals(shell))
                .isPresent();
        return isProgram
                ? Stream.iterate(process.parent(), Optional::isPresent, above -> above.flatMap(ProcessHandle::parent))
                        .flatMap(above ->
                                Stream.ofNullable(agents.get(above.get().pid())))
                        .limit(1)
                        .map(agent -> new Running(process, agent))
                : Stream.empty();
    }

    void print(Output output) {
        Listing listing = new Listing("LABEL", "ROLE", "SPEC", "PANE", "PID", "STARTED", "COMMAND");
        programs.forEach(program -> listing.add(program.fields().toArray(String[]::new)));
        output.printRows("programs", programs.stream().map(Running::json), listing);
    }

    /**
     * Ends a program, by force if it does not end by itself.
     *
     * @throws RefusedException AGENT_NOT_FOUND, if no program or more than one has the label
     */
    void stop(String label, Output output) {
        List<Running> named = programs.stream()
                .filter(program -> program.label().equals(label))
                .toList();
        if (named.size() != 1) {
            throw new RefusedException(
                    ErrorCode.AGENT_NOT_FOUND,
                    (named.isEmpty() ? "no program" : "more than one program") + " runs as \""
                            + Text.abbreviated(label, 80) + "\"; `agenttower run --list` shows those that run");
        }
        Running program = named.get(0);
        boolean isForced = !end(program.process());
        output.print(
                program.json().put("forced", isForced),
                () -> new Facts()
                        .add("label", label)
                        .add("pid", program.process().pid())
                        .add("forced", isForced));
    }

    /** Whether the process ended by itself. */
    private static boolean end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            process.destroyForcibly();
            return false;
        } catch (ExecutionException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A program and the row of its agent. */
    record Running(ProcessHandle process, JsonNode agent) {
        String label() {
            return agent.path("label").asText("");
        }

        List<String> fields() {
            return List.of(
                    label(),
                    agent.path("governance_role").asText("-"),
                    agent.path("governance_spec").asText("-"),
                    agent.path("tmux_pane_id").asText("-"),
                    Long.toString(process.pid()),
                    process.info()
                            .startInstant()
                            .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                            .orElse("-"),
                    process.info().commandLine().orElse("-"));
        }

        ObjectNode json() {
            List<String> values = fields();
            ObjectNode json = JsonText.object();
            List<String> names = List.of("label", "role", "spec", "pane", "pid", "started_at", "command");
            for (int i = 0; i < names.size(); i++) {
                json.put(names.get(i), values.get(i));
            }
            return json.put("pid", process.pid());
        }
    }
}
