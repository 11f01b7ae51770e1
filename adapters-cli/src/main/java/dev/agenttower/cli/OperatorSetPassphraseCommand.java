package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.lifecycle.PassphraseFile;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.HiddenQuestions;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.TransportException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code agenttower operator set-passphrase}.
 *
 * <p>Whoever may write the file could put another one there without this command; it is careful all the same not to be the tool for that.
 */
final class OperatorSetPassphraseCommand implements Command {
    private static final String STDIN = "--stdin";
    private static final int SHORTEST = 8;
    private static final int LONGEST = 1024;

    @Override
    public CommandForm form() {
        return CommandName.OPERATOR_SET_PASSPHRASE.form(
                List.of(
                        OptionForm.flag(
                                STDIN,
                                "read it from stdin, one line; before it, where one is set already, the old one"),
                        OptionForm.JSON),
                "agenttower operator set-passphrase");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        boolean isAsked = !arguments.has(STDIN);
        if (isAsked && (!context.terminals().input() || !context.terminals().error())) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "nobody can be asked here; add --stdin");
        }
        refuseAgents(arguments, context);
        Path file = PassphraseFile.in(context.paths().stateDir());
        Questions questions = new Questions(context.in(), context.err());
        try (HiddenQuestions hidden = questions.hidden()) {
            UnaryOperator<@Nullable String> ask = question -> isAsked ? hidden.ask(question) : questions.line();
            checkOld(PassphraseFile.read(file), ask);
            String chosen = chosen(ask, isAsked);
            PassphraseFile.write(
                    file, context.paths().stateDir(), PassphraseHash.create(chosen.toCharArray(), new SecureRandom()));
        } catch (UnusableFileException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: " + e.getMessage(), e);
        }
        DaemonAccess.printResult(
                context,
                arguments,
                JsonText.object().put("file", file.toString()),
                () -> new Facts().add("file", file.toString()));
        return ExitCode.OK;
    }

    // Without a daemon nobody can say who calls, and there is nothing to guard either.
    private static void refuseAgents(Arguments arguments, CliContext context) {
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            if (!access.client().identity(null, null).isHuman()) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "the daemon does not take you for the human; `agenttower whoami` says why");
            }
        } catch (TransportException e) {
            return;
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
