package dev.agenttower.cli.agent;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.DashboardCommand;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.cli.terminal.TextTable;
import dev.agenttower.cli.terminal.TextTable.Cell;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a person for the pane to adopt and the agent's fields. An empty answer selects the default in brackets. */
final class AdoptDialog {
    private final CliContext context;
    private final BufferedReader answers;
    private final Style style;

    AdoptDialog(CliContext context) {
        this.context = context;
        answers = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        style = context.style();
    }

    /** The roles that an agent can be adopted in. */
    static Stream<String> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.MASTER && role != Role.SWARM)
                .map(Role::wire);
    }

    static Stream<String> capabilities() {
        return Arrays.stream(Capability.values()).map(Capability::wire);
    }

    BenchPane choose(List<BenchPane> panes) {
        List<BenchPane> free = panes.stream().filter(BenchPane::isFree).toList();
        if (free.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.PANE_NOT_FOUND,
                    "there is no free pane; `agenttower scan --containers --panes` looks for more");
        }
        TextTable table = new TextTable();
        for (int i = 0; i < free.size(); i++) {
            BenchPane pane = free.get(i);
            table.add(
                    Cell.of(String.valueOf(i + 1)).in(style::bold),
                    Cell.of(pane.benchName()),
                    Cell.of(pane.address()),
                    Cell.of(pane.key().paneId()),
                    Cell.of(pane.command()),
                    Cell.path(pane.folder()));
        }
        table.lines(2, DashboardCommand.size(context).columns())
                .forEach(line -> context.out().print(line + "\n"));
        while (true) {
            String answer = ask("Which pane? 1 to " + free.size(), free.size() == 1 ? "1" : null);
            int number = number(answer);
            if (number >= 1 && number <= free.size()) {
                return free.get(number - 1);
            }
        }
    }

    String role() {
        return askOneOf("Role", roles().toList(), Role.SLAVE.wire());
    }

    String capability(BenchPane pane) {
        return askOneOf("Program", capabilities().toList(), pane.capability().wire());
    }

    /** A label, for which the name of the session is proposed, or one like it that no agent has. */
    String label(BenchPane pane, List<BenchPane> panes) {
        return ask("Label", pane.label("{session}", BenchPane.labels(panes)));
    }

    private String askOneOf(String question, List<String> choices, String proposal) {
        while (true) {
            String answer = ask(question + ": " + String.join(", ", choices), proposal);
            if (choices.contains(answer)) {
                return answer;
            }
        }
    }

    private String ask(String question, @Nullable String proposal) {
        context.out()
                .print(style.bold(question)
                        + (proposal == null ? "" : " [" + TerminalText.safe(proposal) + "]")
                        + ": ");
        context.out().flush();
        try {
            @Nullable String line = answers.readLine();
            if (line == null) {
                context.out().print("\n");
                throw new CommandFailure(ExitCode.PRECONDITION, "error: nothing was chosen, nothing was adopted");
            }
            String answer = line.strip();
            return answer.isEmpty() && proposal != null ? proposal : answer;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: cannot read the answer: " + e.getMessage(), e);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
