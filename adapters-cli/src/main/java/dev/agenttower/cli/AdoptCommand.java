package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.AdoptPane;
import dev.agenttower.socket.client.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower adopt}. */
final class AdoptCommand implements Command {
    private static final String PANE = "--pane";
    private static final String CONTAINER = "--container";
    private static final String SOCKET = "--socket";
    private static final String ROLE = "--role";
    private static final String PROJECT = "--project";

    @Override
    public CommandForm form() {
        return CommandName.ADOPT.form(
                List.of(
                        OptionForm.value(PANE, "PANE", "the pane: %3, or session:window.pane; asked for on a terminal"),
                        OptionForm.value(CONTAINER, "ID_OR_NAME", "its bench, where the pane alone is not enough"),
                        OptionForm.value(SOCKET, "PATH_OR_NAME", "its tmux socket, where the bench has several"),
                        OptionForm.value(ROLE, "ROLE", "slave, test-runner, shell or unknown"),
                        AgentForm.CAPABILITY,
                        AgentForm.LABEL,
                        OptionForm.value(PROJECT, "PATH", "the absolute path of its project, as the pane sees it"),
                        OptionForm.JSON),
                "agenttower adopt",
                "agenttower adopt --pane '%3' --role slave --capability claude --label backend");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            AdoptPane wish = wish(arguments, SnapshotReader.panes(daemon.calls()), context);
            JsonNode row = daemon.openSession(context).adopt(wish);
            DaemonAccess.printResult(
                    context,
                    arguments,
                    JsonText.object().set("row", row),
                    () -> Facts.of(row, "agent_id", "role", "capability", "label", "container_id", "pane_id"));
        }
        return ExitCode.OK;
    }

    private static AdoptPane wish(Arguments arguments, List<BenchPane> panes, CliContext context) {
        if (arguments.has(PANE)) {
            return wish(named(arguments, panes), arguments, null);
        }
        if (arguments.json() || !context.terminals().allowDialog()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "--pane is needed where nobody can be asked; " + free(panes));
        }
        AdoptDialog dialog = new AdoptDialog(context);
        BenchPane pane = dialog.choose(panes);
        return wish(pane, arguments, dialog);
    }

    private static AdoptPane wish(BenchPane pane, Arguments arguments, @Nullable AdoptDialog dialog) {
        @Nullable String role = arguments.value(ROLE);
        @Nullable String capability = arguments.value(AgentForm.CAPABILITY.name());
        @Nullable String label = arguments.value(AgentForm.LABEL.name());
        if (dialog != null) {
            role = role != null ? role : dialog.role();
            capability = capability != null ? capability : dialog.capability(pane);
            label = label != null ? label : dialog.label(pane);
        } else if (label == null) {
            // Adopting anew without a label would take the label away.
            label = pane.agent().map(agent -> agent.label()).orElse(null);
        }
        return new AdoptPane(pane.key(), role, capability, label, arguments.value(PROJECT), null);
    }

    private static BenchPane named(Arguments arguments, List<BenchPane> panes) {
        String name = arguments.required(PANE);
        @Nullable String container = arguments.value(CONTAINER);
        @Nullable String socket = arguments.value(SOCKET);
        List<BenchPane> matches = panes.stream()
                .filter(pane ->
                        pane.key().paneId().equals(name) || pane.address().equals(name))
                .filter(pane -> container == null || isNamed(container, pane))
                .filter(pane -> socket == null
                        || pane.key().socketPath().equals(socket)
                        || pane.socketName().equals(socket))
                .toList();
        if (matches.size() == 1) {
            return matches.get(0);
        }
        if (matches.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.PANE_NOT_FOUND, "no active pane fits " + Text.abbreviated(name, 80) + "; " + free(panes));
        }
        StringBuilder choices = new StringBuilder();
        for (BenchPane pane : matches) {
            choices.append(choices.length() == 0 ? "" : ", ")
                    .append(pane.benchName())
                    .append(' ')
                    .append(pane.key().socketPath());
        }
        throw new RefusedException(
                ErrorCode.VALUE_OUT_OF_SET,
                matches.size() + " panes fit " + Text.abbreviated(name, 80) + "; add --container or --socket: "
                        + choices);
    }

    private static boolean isNamed(String container, BenchPane pane) {
        return pane.benchName().equals(container)
                || pane.key().container().value().startsWith(container);
    }

    private static String free(List<BenchPane> panes) {
        List<String> free = panes.stream()
                .filter(BenchPane::isFree)
                .limit(10)
                .map(pane -> pane.key().paneId() + " (" + pane.benchName() + " " + pane.address() + ")")
                .toList();
        return free.isEmpty()
                ? "there is no free pane; `agenttower scan --containers --panes` looks for more"
                : "free panes: " + String.join(", ", free);
    }
}
