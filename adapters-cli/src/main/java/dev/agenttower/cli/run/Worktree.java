package dev.agenttower.cli.run;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.pane.Tmux;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Git worktrees for agents, each registered as a project of its own. They lie beside the project, because in it their files would be judged as
 * those of the project. None is removed: they hold the work of an agent and the ledger of it.
 */
final class Worktree {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
    private static final long SECONDS = 60;

    private final Path project;
    private final CliContext context;

    /** Worktrees of the project in a folder. */
    Worktree(Path project, CliContext context) {
        this.project = project;
        this.context = context;
    }

    /**
     * Creates a worktree of the current commit, with a branch named like the agent, and registers it.
     *
     * @return its folder
     * @throws RefusedException BAD_REQUEST, if the label is no name of a branch, the worktree exists, or it would have another policy
     */
    Path create(String label, Assignment around, PassphraseOption passphrase) {
        if (!LABEL.matcher(label).matches()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "--worktree needs a --label that can be a branch: up to 40 letters, digits, dashes and underscores");
        }
        Path folder =
                project.resolveSibling(project.getFileName() + ".worktrees").resolve(label);
        if (Files.exists(folder)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    folder + " exists already; take another --label, or start the agent in it without --worktree");
        }
        String top = git(List.of("rev-parse", "--show-toplevel"));
        if (!Path.of(top).equals(project)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, project + " is not the root of a git repository");
        }
        String changed = git(List.of("status", "--porcelain", "--ignored", "--", "config"));
        if (!changed.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "the policy in config/ is not committed as it stands, so the worktree would have another one; commit it first");
        }
        git(List.of("worktree", "add", "-q", "-b", label, folder.toString()));
        try {
            return register(folder.toRealPath(), projectName(around, label), passphrase);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: " + folder + " cannot be read", e);
        } catch (RuntimeException e) {
            // It holds nothing yet.
            git(List.of("worktree", "remove", folder.toString()));
            git(List.of("branch", "-q", "-d", label));
            throw e;
        }
    }

    /** The name of the project that a worktree becomes. */
    static String projectName(Assignment around, String label) {
        return around.project() + "-" + label;
    }

    private Path register(Path folder, String name, PassphraseOption passphrase) {
        Governance.ask(context, null, client -> passphrase.call(client, human -> human.addProject(folder, name)));
        return folder;
    }

    /** Runs git, without the hooks of the repository, and returns what it prints. */
    private String git(List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", project.toString(), "-c", "core.hooksPath=/dev/null"));
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        try {
            Tmux.Answer answer = Tmux.run(command, environment, SECONDS);
            if (!answer.isSuccess()) {
                throw new CommandFailure(
                        ExitCode.PRECONDITION, "error: git " + arguments.get(0) + " failed: " + answer.text());
            }
            return answer.text();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: --worktree needs git, which cannot be started", e);
        }
    }
}
