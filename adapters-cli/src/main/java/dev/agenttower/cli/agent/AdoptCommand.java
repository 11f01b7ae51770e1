package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.AllowedValues;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.governance.session.AsOptions;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.AdoptPane;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower adopt}. */
@Command(
        name = "adopt",
        description = "make a tmux pane an agent",
        footer = {
            "  agenttower adopt",
            "  agenttower adopt --pane '%%3' --role slave --capability claude --label backend",
            "  agenttower adopt --pane '%%3' --label backend --as Developer",
            "  agenttower adopt --all --container api-bench --role slave --label '{session}-{window}'"
        })
public final class AdoptCommand implements Runnable {
    @Option(
            names = "--pane",
            paramLabel = "PANE",
            description = "the pane: %3, or session:window.pane; requested on a terminal")
    private @Nullable String paneName;

    @Option(
            names = "--container",
            paramLabel = "ID_OR_NAME",
            description = "its bench, if the pane alone is ambiguous; with --all, only panes of this bench")
    private @Nullable String container;

    @Option(names = "--socket", paramLabel = "PATH_OR_NAME", description = "its tmux socket, if the bench has several")
    private @Nullable String socket;

    @Option(
            names = "--all",
            description = "all panes without an agent, except the one that this command runs in; their --label may hold"
                    + " {container}, {session}, {window} and {pane}, and is {session} by default")
    private boolean isAll;

    @Option(names = "--dry-run", description = "with --all: only show what would be adopted")
    private boolean isDry;

    @Option(names = "--role", paramLabel = "ROLE", description = "slave, test-runner, shell or unknown")
    private @Nullable String role;

    @Option(names = "--attach-log", description = "record the output of the pane as well")
    private boolean isLogAttached;

    @Mixin
    private AgentOptions agent;

    @Mixin
    private AsOptions as;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            List<BenchPane> panes = SnapshotReader.panes(daemon.calls());
            if (isAll || isDry) {
                adoptAll(daemon, panes);
                return;
            }
            adopt(adoption(panes), panes, daemon);
        }
    }

    private void adopt(AdoptPane adoption, List<BenchPane> panes, DaemonAccess daemon) {
        Optional<BenchPane> seen = panes.stream()
                .filter(pane -> pane.key().equals(adoption.pane()))
                .findFirst();
        Optional<PaneAgent> known = seen.flatMap(BenchPane::agent);
        Optional<Assignment> work = as.isGiven() ? seen.flatMap(this::work) : Optional.empty();
        ObjectNode row = (ObjectNode) daemon.openSession(output.context()).adopt(adoption);
        work.ifPresent(
                governed -> new PaneRole(governed, daemon, output.context()).bind(row, known.isEmpty(), passphrase));
        output.print(JsonText.object().set("row", row), () -> {
            Facts facts = Facts.of(row, "agent_id", "role", "capability", "label", "container_id", "pane_id");
            PaneRole.show(row, facts);
            return facts;
        });
        known.ifPresent(this::reportAdopted);
    }

    private Optional<Assignment> work(BenchPane pane) {
        if (!pane.isOnHost()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "--as binds processes of the host only; in a container run `agenttower register-self --as` in the pane");
        }
        try {
            return as.in(Path.of(pane.folder()).toRealPath(), output.context());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: the folder of the pane cannot be told", e);
        }
    }

    private void adoptAll(DaemonAccess daemon, List<BenchPane> panes) {
        if (as.isGiven()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--as goes without --all: one agent has one role");
        }
        if (!isAll || paneName != null) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, isAll ? "--all goes without --pane" : "--dry-run goes with --all only");
        }
        requireValues();
        List<BenchPane> selected = panes.stream().filter(this::isSelected).toList();
        new AdoptAll(daemon, output)
                .run(selected, panes, pane -> adoption(pane, role, agent.capability(), agent.label()), isDry);
    }

    private void reportAdopted(PaneAgent known) {
        if (!output.isJson()) {
            output.context()
                    .err()
                    .print("note: the pane was adopted already, as " + TerminalText.safe(known.name())
                            + "; what was given is changed, the rest is kept\n");
        }
    }

    private void requireValues() {
        // The daemon checks reserved roles, because its refusal gives the reason.
        if (role != null && Role.parse(role).isEmpty()) {
            new AllowedValues("--role", AdoptDialog.roles()).require(role);
        }
        new AllowedValues("--capability", AdoptDialog.capabilities()).require(agent.capability());
    }

    private AdoptPane adoption(List<BenchPane> panes) {
        requireValues();
        if (paneName != null) {
            BenchPane pane = named(paneName, panes);
            // Without a label, a second adoption removes the existing one.
            @Nullable String known = pane.agent().map(PaneAgent::label).orElse(null);
            return adoption(pane, role, agent.capability(), agent.label() != null ? agent.label() : known);
        }
        if (output.isJson() || !output.context().terminals().allowDialog()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "--pane is needed where nobody can be asked; " + free(panes));
        }
        AdoptDialog dialog = new AdoptDialog(output.context());
        BenchPane pane = dialog.choose(panes);
        return adoption(
                pane,
                role != null ? role : dialog.role(),
                agent.capability() != null ? agent.capability() : dialog.capability(pane),
                agent.label() != null ? agent.label() : dialog.label(pane, panes));
    }

    private AdoptPane adoption(
            BenchPane pane, @Nullable String itsRole, @Nullable String capability, @Nullable String label) {
        return new AdoptPane(pane.key(), itsRole, capability, label, agent.project(), null, isLogAttached);
    }

    private BenchPane named(String name, List<BenchPane> panes) {
        List<BenchPane> matches = panes.stream()
                .filter(pane ->
                        pane.key().paneId().equals(name) || pane.address().equals(name))
                .filter(this::isSelected)
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

    private boolean isSelected(BenchPane pane) {
        return (container == null || isNamed(container, pane))
                && (socket == null
                        || pane.key().socketPath().equals(socket)
                        || pane.socketName().equals(socket));
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
