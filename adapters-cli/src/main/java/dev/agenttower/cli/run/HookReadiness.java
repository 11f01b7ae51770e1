package dev.agenttower.cli.run;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.hook.ClientHooks;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;

/** Makes sure that the client of an agent runs our hook before it is started in a governed project. */
final class HookReadiness {
    private final CliContext context;

    HookReadiness(CliContext context) {
        this.context = context;
    }

    /**
     * Asks a person whether to install a hook that is missing; programs without hooks need none.
     *
     * @throws RefusedException BAD_REQUEST, if the hook is missing and is not installed
     */
    void require(AgentProgram program, Assignment work) {
        ClientHooks hooks =
                ClientHooks.of(program.name(), work.folder(), context).orElse(null);
        @Nullable String problem = hooks == null ? null : hooks.problem();
        if (hooks == null || problem == null) {
            return;
        }
        context.err()
                .print("The hook of " + program.name() + " is not installed: " + TerminalText.safe(problem) + ".\n");
        if (context.terminals().input()
                && context.terminals().error()
                && new Questions(context.in(), context.err())
                        .isYes("Without it nothing the agent does is judged. Install it for all your projects?")) {
            context.err()
                    .print("installed in "
                            + TerminalText.safe(hooks.installForUser().toString()) + "\n");
            problem = hooks.problem();
        }
        if (problem != null) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "the agent would not be governed; run `agenttower hooks install " + program.name()
                            + " --user` first, or see `agenttower hooks status --user`");
        }
    }
}
