package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.DecidedChange;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The options of the commands that authorize a change, and its review before the authorization. */
final class ChangeReview {
    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Governance governance;

    /** Opens a client for some calls. */
    <T> T ask(Function<GovernanceClient, T> calls) {
        return governance.ask(calls);
    }

    /** Whether a person can be asked. With {@code --json} stdout is for a script, and the dialog is on stderr. */
    boolean canAsk() {
        return governance.output().context().terminals().input() && isScreenTerminal();
    }

    private boolean isScreenTerminal() {
        return governance.output().isJson()
                ? governance.output().context().terminals().error()
                : governance.output().context().terminals().output();
    }

    private PrintStream screen() {
        return governance.output().isJson()
                ? governance.output().context().err()
                : governance.output().context().out();
    }

    /** Shows the diff to the person. */
    void show(ChangePreview preview) {
        screen().print(ChangeText.of(
                preview, new Style(governance.output().context().allowsColour(isScreenTerminal()))));
    }

    /** Whether the person confirms. The question is safe text. */
    boolean isYes(String question) {
        return new Questions(governance.output().context().in(), screen()).isYes(question);
    }

    /** Shows a change and, if the person at the terminal confirms, authorizes exactly the shown change. */
    DecidedChange confirm(GovernanceClient client, ChangePreview preview, @Nullable Proposal edited) {
        ChangeText.requireAuthorizable(preview);
        show(preview);
        if (!isYes(ChangeText.question(preview))) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: nothing was authorized");
        }
        return authorize(client, preview, edited);
    }

    /** Authorizes a change if the file, and the result if a result hash is given, have the hashes that a script names. */
    DecidedChange authorizeSeen(GovernanceClient client, ChangePreview preview, String hash, @Nullable String result) {
        ChangeText.requireAuthorizable(preview);
        requireSeen(preview, "file", preview.currentSha256(), hash);
        if (result != null) {
            requireSeen(preview, "result", preview.resultSha256(), result);
        }
        return authorize(client, preview, null);
    }

    private static void requireSeen(ChangePreview preview, String what, @Nullable String now, String seen) {
        if (!ChangeText.hash(now).equals(seen)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "the " + what + "'s hash is " + ChangeText.hash(now)
                            + ", not the one that was given; look at `agenttower scr diff " + preview.id() + "` again");
        }
    }

    private DecidedChange authorize(GovernanceClient client, ChangePreview preview, @Nullable Proposal edited) {
        Authorization authorization = Authorization.ofSeen(preview).with(edited);
        DecidedChange decided = passphrase.call(client, human -> human.authorize(authorization));
        governance.print(decided.json(), () -> facts(decided));
        return decided;
    }

    static Facts facts(DecidedChange decided) {
        return new Facts().add("scr_id", decided.id()).add("new_status", decided.newStatus());
    }
}
