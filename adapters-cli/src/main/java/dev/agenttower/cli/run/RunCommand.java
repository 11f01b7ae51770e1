package dev.agenttower.cli.run;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.daemon.TowerPreparation;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.cli.terminal.Progress;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.ShellWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower run}. The launcher calls it, and runs the program that it is told. */
@Command(
        name = "run",
        description = "run a program as an agent: adopted, recorded, bound to its role, judged by hooks, until it ends",
        footer = {
            "  agenttower run -- claude",
            "  agenttower run --role Developer --label api --split -- codex",
            "  agenttower run --list",
            "  agenttower run --stop api"
        })
public final class RunCommand implements Runnable {
    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "its role in the project; default: $ADT_ROLE, or the project's")
    private @Nullable String role;

    @Option(
            names = "--spec",
            paramLabel = "SPEC_ID",
            description = "the spec of its work; default: $ADT_SPEC_ID, or the project's")
    private @Nullable String spec;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "its name; default: that of the program, with a number if it is taken")
    private @Nullable String label;

    @ArgGroup
    private @Nullable Place place;

    @Option(
            names = "--worktree",
            description =
                    "in a new git worktree beside the project, which is registered as a project of its own and kept")
    private boolean isInWorktree;

    @Mixin
    private PassphraseOption passphrase;

    @ArgGroup
    private @Nullable Other other;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "the program and its arguments, behind --")
    private List<String> command = List.of();

    @Mixin
    private Output output;

    /** Where the program runs. */
    @SuppressWarnings("UnusedVariable") // a window is what remains
    static final class Place {
        @Option(
                names = "--window",
                required = true,
                description = "in a new window, the default in tmux; in a new session of tmux outside of it")
        private boolean isWindow;

        @Option(names = "--split", required = true, description = "in a new pane beside this one")
        private boolean isSplit;

        @Option(
                names = "--here",
                required = true,
                description = "in this pane, which counts as an agent's from then on, even after the program has ended")
        private boolean isHere;
    }

    /** What is done in place of starting a program. */
    static final class Other {
        @Option(names = "--list", required = true, description = "list the programs that run so")
        private boolean isList;

        @Option(names = "--stop", paramLabel = "LABEL", required = true, description = "end the program of an agent")
        private @Nullable String stopped;

        @Option(names = "--finish", hidden = true, required = true)
        private boolean isFinish;
    }

    @Override
    public void run() {
        if (other != null) {
            if (!command.isEmpty() || place != null) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "--list and --stop go without a command");
            }
            runOther(other);
            return;
        }
        if (command.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "which program? Name it behind two dashes: agenttower run -- claude");
        }
        AgentProgram program = new AgentProgram(command);
        CliContext context = output.context();
        program.requireExecutable(Objects.requireNonNullElse(context.variable("PATH"), ""));
        try (Progress progress = new Progress(context.err(), context.terminals().error())) {
            TowerPreparation.startDaemon(context, progress);
        }
        Path here = Assignment.workingFolder();
        Optional<Assignment> work = Assignment.find(here, role, spec, context);
        work.ifPresent(governed -> new HookReadiness(context).require(program, governed));
        String name = label == null ? freeLabel(program) : requireFree(label);
        if (!isInWorktree) {
            start(program, name, here, work);
            return;
        }
        Assignment around = work.orElseThrow(() -> new RefusedException(
                ErrorCode.BAD_REQUEST, "--worktree is for governed projects; " + here + " lies in none"));
        Path worktree = new Worktree(around.folder(), context).create(name, around, passphrase);
        context.err()
                .print("the worktree " + TerminalText.safe(worktree.toString())
                        + " stays when the agent ends, as the project "
                        + TerminalText.safe(Worktree.projectName(around, name)) + "\n");
        Optional<Assignment> there = Assignment.find(worktree, around.role(), around.spec(), context);
        there.ifPresent(governed -> new HookReadiness(context).require(program, governed));
        start(program, name, worktree, there);
    }

    private String requireFree(String wanted) {
        String name = AgentRules.label(wanted);
        if (name.isBlank()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "the label of an agent must not be empty");
        }
        boolean opensPane = place == null || !place.isHere;
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            if (opensPane && new AgentLabels(daemon).isTaken(name)) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "an agent is called " + name + " already; `agenttower run --list` shows the programs that run");
            }
        }
        return name;
    }

    private String freeLabel(AgentProgram program) {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            return new AgentLabels(daemon).free(program.name());
        }
    }

    private void start(AgentProgram program, String name, Path folder, Optional<Assignment> work) {
        CliContext context = output.context();
        if (place != null && place.isHere) {
            new PaneRun(context).start(program, name, folder, work);
            return;
        }
        NewPane.Opened opened = new NewPane(context).open(place != null && place.isSplit, program, name, folder, work);
        output.print(opened.json(name), () -> new Facts().add("label", name).add("pane", opened.paneId()));
        if (!output.isJson() && !(TmuxIdentity.of(context.environment()) instanceof TmuxIdentity.InPane)) {
            context.err().print("tmux attach -t " + ShellWords.quoted("=" + opened.sessionName()) + " shows it\n");
        }
    }

    private void runOther(Other wanted) {
        if (wanted.isFinish) {
            new PaneRun(output.context()).finish();
        } else if (wanted.isList) {
            RunningPrograms.list(output.context()).print(output);
        } else if (wanted.stopped != null) {
            RunningPrograms.list(output.context()).stop(wanted.stopped, output);
        }
    }
}
