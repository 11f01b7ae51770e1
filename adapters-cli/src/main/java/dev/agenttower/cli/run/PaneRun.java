package dev.agenttower.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.pane.AgentDraft;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.core.text.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs as the agent of this pane. The shell of the launcher is its parent: it evaluates the words that {@link #start} writes to
 * descriptor 3, runs the program, and calls {@link #finish} with the environment of the program.
 */
final class PaneRun {
    /** The process id of the shell. */
    static final String SHELL = "AGENTTOWER_RUN_SHELL";

    private static final String AGENT_ID = "AGENTTOWER_AGENT_ID";
    private static final String SESSION_ID = "AGENTTOWER_SESSION_ID";
    private static final String PROJECT = "AGENTTOWER_PROJECT";
    /** Whether the agent ends with the program: not if the pane was one before. */
    private static final String ENDS = "AGENTTOWER_RUN_ENDS_AGENT";

    private static final Path PLAN = Path.of("/dev/fd/3");

    private final CliContext context;

    PaneRun(CliContext context) {
        this.context = context;
    }

    /** Makes the pane an agent, binds the shell and all below it to the role, and tells the shell what to run, and in which folder. */
    void start(AgentProgram program, String label, Path folder, Optional<Assignment> work) {
        long shell = shell();
        @Nullable String around = context.variable("ADT_AGENT");
        if (around != null && context.variable(AGENT_ID) != null && context.variable(NewPane.OWN_PANE) == null) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: this pane is that of the agent " + TerminalText.escaped(around)
                            + ", which would end with the program; leave out --here");
        }
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            JsonNode agent = register(program, label, work, daemon);
            Map<String, String> variables = new LinkedHashMap<>();
            variables.put(SHELL, Long.toString(shell));
            variables.put(AGENT_ID, agent.path("agent_id").asText());
            variables.put("ADT_AGENT", agent.path("label").asText());
            if (!agent.path("created_or_reactivated").asText().equals("updated")) {
                variables.put(ENDS, "1");
            }
            try {
                work.ifPresent(governed -> bind(governed, shell, variables));
                tell(variables, program, folder);
            } catch (RuntimeException e) {
                end(variables, daemon);
                throw e;
            }
        }
    }

    private long shell() {
        @Nullable String shell = context.variable(SHELL);
        if (shell == null || !shell.matches("[1-9][0-9]{0,9}") || !Files.exists(PLAN)) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: `run` works through the program bin/agenttower only");
        }
        return Long.parseLong(shell);
    }

    private JsonNode register(AgentProgram program, String label, Optional<Assignment> work, DaemonAccess daemon) {
        return new OwnPane(daemon, context)
                .register(new AgentDraft(
                        program.role().wire(),
                        program.capability().wire(),
                        label,
                        work.map(governed -> governed.folder().toString()).orElse(null),
                        null,
                        ""));
    }

    private void bind(Assignment work, long shell, Map<String, String> variables) {
        String agent = variables.getOrDefault("ADT_AGENT", "");
        String session = Governance.ask(context, null, client -> work.bind(agent, null, shell, client));
        variables.put("ADT_ROLE", work.role());
        variables.put("ADT_SPEC_ID", work.spec());
        variables.put(SESSION_ID, session);
        variables.put(PROJECT, work.project());
    }

    private static void tell(Map<String, String> variables, AgentProgram program, Path folder) {
        String change = folder.equals(Assignment.workingFolder())
                ? ""
                : "cd -- " + ShellWords.quoted(folder.toString()) + " || exit 5\n";
        String exports = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + ShellWords.quoted(variable.getValue()))
                .collect(Collectors.joining(" ", "export ", "\n"));
        String command = (variables.containsKey(SESSION_ID) ? program.governed() : program.command())
                .stream().map(ShellWords::quoted).collect(Collectors.joining(" ", "set -- ", "\n"));
        try {
            Files.write(PLAN, (exports + change + command).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: the launcher does not listen: " + e.getMessage(), e);
        }
    }

    /** Ends the session and the agent. Each is tried, whatever becomes of the other. */
    void finish() {
        Map<String, String> variables = context.environment();
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            end(variables, daemon);
        }
        @Nullable String session = variables.get(SESSION_ID);
        if (session != null) {
            Actor actor = new Actor(variables.getOrDefault("ADT_AGENT", ""), variables.getOrDefault("ADT_ROLE", ""));
            Governance.ask(
                    context,
                    variables.get(PROJECT),
                    client -> client.endSession(session, actor, variables.getOrDefault("ADT_SPEC_ID", ""), true));
        }
    }

    private void end(Map<String, String> variables, DaemonAccess daemon) {
        @Nullable String agent = variables.get(AGENT_ID);
        if (agent == null || !variables.containsKey(ENDS)) {
            return;
        }
        try {
            new CallerAgent(daemon, context).end(agent);
        } catch (DaemonErrorException e) {
            context.err().print(CommandFailure.refused(e).getMessage() + "\n");
        }
    }
}
