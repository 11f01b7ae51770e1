package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;

/** A change as a person sees it who decides on it. All texts are safe for a terminal. */
public final class ChangeText {
    private static final int SHORT_HASH = 12;
    private static final String NO_FILE = "none";

    private ChangeText() {}

    /** The diff, each line with its line feed, preceded by notes. The notes begin with {@code #}, so that the text stays a valid patch. */
    public static String of(ChangePreview preview, Style style) {
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

    static String hash(@Nullable String hash) {
        return hash == null ? NO_FILE : hash;
    }

    /** The question whether exactly the shown change is authorized. */
    public static String question(ChangePreview preview) {
        return "Authorize this change of " + TerminalText.safe(preview.targetPath()) + " ("
                + DiffView.size(preview.diff()) + " lines), result " + shortened(preview.resultSha256()) + "?";
    }

    /**
     * Checks that a change can be authorized as it was shown.
     *
     * @throws RefusedException BAD_REQUEST, if it is decided, or does not apply
     */
    public static void requireAuthorizable(ChangePreview preview) {
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
}
