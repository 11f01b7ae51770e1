package dev.agenttower.core.queue;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares a typed prompt with what a client makes of it: Unicode normal form, tabs, blanks at the end, a wrapper around long pastes. */
final class PromptText {
    private static final Pattern WRAPPER = Pattern.compile(
            "\\s*<pasted_content\\b[^>]{0,200}>\\n?(.*?)\\n?</pasted_content\\b[^>]{0,200}>\\s*", Pattern.DOTALL);

    private PromptText() {}

    /** Whether a client was given a prompt; it may add to the end, as Gemini CLI adds the files that a prompt names. */
    static boolean isShown(String typed, String shown) {
        String wanted = plain(typed);
        Matcher wrapped = WRAPPER.matcher(shown);
        String text = plain(wrapped.matches() ? wrapped.group(1) : shown);
        return !wanted.isEmpty() && (text.equals(wanted) || text.startsWith(wanted + "\n"));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replace("\r\n", "\n")
                .replace("\t", "    ")
                .strip();
    }
}
