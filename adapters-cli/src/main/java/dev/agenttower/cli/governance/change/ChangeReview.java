package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
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
    private static final int SHORT_HASH = 12;
    private static final String NO_FILE = "none";

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
        screen().print(text(preview, new Style(governance.output().context().allowsColour(isScreenTerminal()))));
    }

    /** Whether the person confirms. The question is safe text. */
    boolean isYes(String question) {
        return new Questions(governance.output().context().in(), screen()).isYes(question);
    }

    /** The diff, preceded by notes. The notes begin with {@code #}, so that the text stays a valid patch. */
    static String text(ChangePreview preview, Style style) {
        StringBuilder text = new StringBuilder(1024);
        note(
                text,
                style,
                preview.id() + ": " + preview.changeType() + " of " + preview.targetPath() + ", " + preview.status());
        note(text, style, "hash of the file now: " + hash(preview.currentSha256()));
        if (preview.wouldApply()) {
            note(text, style, "hash of the result:   " + hash(preview.resultSha256()));
        }
        if (preview.changedSinceSubmission()) {
            warn(text, style, "the file has changed since this was proposed");
        }
        @Nullable String problem = preview.problem();
        if (!preview.wouldApply()) {
            warn(text, style, "it does not apply: " + (problem == null ? "no reason is known" : problem));
        } else if (preview.diff().isEmpty()) {
            warn(text, style, "it changes nothing");
        }
        return text.append(new DiffView(style).of(preview.diff())).toString();
    }

    private static void note(StringBuilder text, Style style, String line) {
        text.append(style.dim("# " + TerminalText.safe(line))).append('\n');
    }

    private static void warn(StringBuilder text, Style style, String line) {
        text.append(style.warning("# " + TerminalText.safe(line))).append('\n');
    }

    private static String hash(@Nullable String hash) {
        return hash == null ? NO_FILE : hash;
    }

    /** Shows a change and, if the person at the terminal confirms, authorizes exactly the shown change. */
    DecidedChange confirm(GovernanceClient client, ChangePreview preview, @Nullable Proposal edited) {
        requireAuthorizable(preview);
        show(preview);
        String question = "Authorize this change of " + TerminalText.safe(preview.targetPath()) + " ("
                + DiffView.size(preview.diff()) + " lines), result " + shortened(preview.resultSha256()) + "?";
        if (!isYes(question)) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: nothing was authorized");
        }
        return authorize(client, preview, edited);
    }

    /** Authorizes a change if the file, and the result if a result hash is given, have the hashes that a script names. */
    DecidedChange authorizeSeen(GovernanceClient client, ChangePreview preview, String hash, @Nullable String result) {
        requireAuthorizable(preview);
        requireSeen(preview, "file", preview.currentSha256(), hash);
        if (result != null) {
            requireSeen(preview, "result", preview.resultSha256(), result);
        }
        return authorize(client, preview, null);
    }

    private static void requireSeen(ChangePreview preview, String what, @Nullable String now, String seen) {
        if (!hash(now).equals(seen)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "the " + what + "'s hash is " + hash(now)
                            + ", not the one that was given; look at `agenttower scr diff " + preview.id() + "` again");
        }
    }

    private DecidedChange authorize(GovernanceClient client, ChangePreview preview, @Nullable Proposal edited) {
        Authorization authorization = Authorization.ofSeen(preview).with(edited);
        DecidedChange decided = passphrase.call(client, human -> human.authorize(authorization));
        governance.print(decided.json(), () -> facts(decided));
        return decided;
    }

    private static void requireAuthorizable(ChangePreview preview) {
        if (!preview.status().equals("pending")) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, preview.id() + " is already " + preview.status());
        }
        if (!preview.wouldApply()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    preview.id() + " does not apply: " + preview.problem() + "; `agenttower scr edit " + preview.id()
                            + "` changes what is proposed");
        }
    }

    private static String shortened(@Nullable String hash) {
        return hash == null || hash.length() <= SHORT_HASH ? hash(hash) : hash.substring(0, SHORT_HASH);
    }

    static Facts facts(DecidedChange decided) {
        return new Facts().add("scr_id", decided.id()).add("new_status", decided.newStatus());
    }
}
