package dev.agenttower.cli.governance.human;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.lifecycle.PassphraseFile;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.HiddenQuestions;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.human.PassphraseHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code agenttower operator set-passphrase}.
 *
 * <p>Any process with write access to the file can replace it without this command; even so, this command refuses to do that for an agent.
 */
@Command(
        name = "set-passphrase",
        description = "set the passphrase that human decisions require",
        footer = "  agenttower operator set-passphrase")
final class OperatorSetPassphraseCommand implements Runnable {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 1024;

    @Option(
            names = "--stdin",
            description = "read it from stdin, one line; if one is already set, preceded by a line with the old one")
    private boolean isOnStdin;

    @Mixin
    private Output output;

    @Override
    public void run() {
        boolean isAsked = !isOnStdin;
        if (isAsked
                && (!output.context().terminals().input()
                        || !output.context().terminals().error())) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "nobody can be asked here; add --stdin");
        }
        refuseAgents();
        Path file = PassphraseFile.in(output.context().paths().stateDir());
        Questions questions =
                new Questions(output.context().in(), output.context().err());
        try (HiddenQuestions hidden = questions.hidden()) {
            UnaryOperator<@Nullable String> ask = question -> isAsked ? hidden.ask(question) : questions.line();
            checkOld(PassphraseFile.read(file), ask);
            String chosen = chosen(ask, isAsked);
            PassphraseFile.write(
                    file,
                    output.context().paths().stateDir(),
                    PassphraseHash.create(chosen.toCharArray(), new SecureRandom()));
        } catch (UnusableFileException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: " + e.getMessage(), e);
        }
        output.print(JsonText.object().put("file", file.toString()), () -> new Facts().add("file", file.toString()));
    }

    // Without a daemon the caller cannot be identified, and there is nothing to protect either.
    private void refuseAgents() {
        boolean isHuman;
        try {
            isHuman = Governance.ask(
                    output.context(),
                    null,
                    client -> client.identity(null, null).isHuman());
        } catch (TransportException e) {
            return;
        }
        if (!isHuman) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "the daemon does not take you for the human; `agenttower whoami` says why");
        }
    }

    private static void checkOld(Optional<PassphraseHash> old, UnaryOperator<@Nullable String> ask) {
        if (old.isPresent()
                && !old.get().matches(answer(ask, "Old passphrase: ").toCharArray())) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "error: that is not the old passphrase; nothing was changed\ncode: passphrase_wrong");
        }
    }

    private static String chosen(UnaryOperator<@Nullable String> ask, boolean isAsked) {
        String chosen = answer(ask, "New passphrase: ");
        if (chosen.length() < SHORTEST || chosen.length() > LONGEST) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "a passphrase has " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (isAsked && !chosen.equals(answer(ask, "Once more: "))) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "the two are not the same; nothing was changed");
        }
        return chosen;
    }

    private static String answer(UnaryOperator<@Nullable String> ask, String question) {
        @Nullable String answer = ask.apply(question);
        if (answer == null) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: no passphrase was given; nothing was changed");
        }
        return answer;
    }
}
