package dev.agenttower.cli.governance;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.terminal.HiddenQuestions;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --passphrase-stdin}, and calls that require a human. */
public final class PassphraseOption {
    private static final int ATTEMPTS = 3;

    private final CliContext context;

    @Option(names = "--passphrase-stdin", description = "read the operator's passphrase from the first line of stdin")
    private boolean isOnStdin;

    PassphraseOption(CliContext context) {
        this.context = context;
    }

    /** Makes a call, and asks the person for the passphrase if the daemon requires it. */
    public <T> T call(GovernanceClient client, Function<GovernanceClient, T> call) {
        if (isOnStdin) {
            @Nullable String line = new Questions(context.in(), context.err()).line();
            if (line == null) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "there is no passphrase on stdin");
            }
            return call.apply(client.withPassphrase(line));
        }
        try (HiddenQuestions questions = new Questions(context.in(), context.err()).hidden()) {
            GovernanceClient known = client;
            for (int attempt = 0; ; attempt++) {
                try {
                    return call.apply(known);
                } catch (GovernanceRefusedException e) {
                    if (attempt == ATTEMPTS || !isHelpedByAsking(e)) {
                        throw e;
                    }
                    known = client.withPassphrase(passphrase(questions, attempt, e));
                }
            }
        }
    }

    /** False if no passphrase can help, or if there is no terminal to ask on. */
    private boolean isHelpedByAsking(GovernanceRefusedException refusal) {
        return isDemanded(refusal)
                && context.terminals().input()
                && context.terminals().error();
    }

    /** Whether the call succeeds with the right passphrase. */
    public static boolean isDemanded(GovernanceRefusedException refusal) {
        boolean isAbout =
                refusal.code().equals("passphrase_required") || refusal.code().equals("passphrase_wrong");
        return isAbout && !refusal.details().has("problem");
    }

    private static String passphrase(HiddenQuestions questions, int attempt, GovernanceRefusedException refusal) {
        @Nullable String answer = questions.ask(attempt == 0 ? "Operator passphrase: " : "That is not it. Operator passphrase: ");
        if (answer == null || answer.isEmpty()) {
            throw refusal;
        }
        return answer;
    }
}
