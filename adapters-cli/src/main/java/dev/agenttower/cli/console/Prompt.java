package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import org.jspecify.annotations.Nullable;

/**
 * A question at the foot of the screen, and what is typed so far.
 *
 * @param question safe text
 * @param pane the pane that it is about, if it is about one
 * @param decision the decision that it is about, if it is about one
 */
record Prompt(
        Kind kind,
        String question,
        String text,
        @Nullable BenchPane pane,
        @Nullable Decision decision) {
    private static final int MOST_CHARACTERS = 1 << 16;

    /** What is asked for. */
    enum Kind {
        /** The text of a prompt for an agent. */
        SEND,
        /** What the rows must hold. */
        FILTER,
        /** The command line of a new agent. */
        RUN,
        /** The label of a pane that is adopted. */
        LABEL,
        /** The reason of a rejection. */
        REASON,
        /** The operator's passphrase. */
        PASSPHRASE,
        /** Whether a change is authorized: y or not. */
        AUTHORIZE,
        /** Whether the kill switch is used: y or not. */
        ROUTE;

        /** Whether one key answers it. */
        boolean isConfirmation() {
            return this == AUTHORIZE || this == ROUTE;
        }

        /** Whether the answer must not be seen. */
        boolean isHidden() {
            return this == PASSPHRASE;
        }
    }

    static Prompt of(Kind kind, String question) {
        return new Prompt(kind, question, "", null, null);
    }

    Prompt about(BenchPane itsPane) {
        return new Prompt(kind, question, text, itsPane, decision);
    }

    Prompt about(Decision itsDecision) {
        return new Prompt(kind, question, text, pane, itsDecision);
    }

    /** The same question with another text; what is too long for any answer is cut. */
    Prompt with(String newText) {
        String kept = newText.length() <= MOST_CHARACTERS ? newText : newText.substring(0, MOST_CHARACTERS);
        return new Prompt(kind, question, kept, pane, decision);
    }

    /** The same without the last character. */
    Prompt shorter() {
        return text.isEmpty() ? this : with(text.substring(0, text.offsetByCodePoints(text.length(), -1)));
    }

    @Override
    public String toString() {
        return kind + ": " + question;
    }
}
