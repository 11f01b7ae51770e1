package dev.agenttower.panel.page;

import dev.agenttower.core.text.Text;
import dev.agenttower.core.text.Unseen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts of agents as a person may read them. The templates escape them for HTML. */
public final class Shown {
    private static final int LINE = 500;

    private Shown() {}

    /** One line of at most 500 characters, with its ambiguous characters by name. */
    public static String line(String text) {
        return Unseen.named(Text.abbreviated(Text.singleLine(text, LINE), LINE));
    }

    /** Several lines, with ambiguous characters by name. */
    public static String lines(String text) {
        return String.join("\n", text.lines().map(Unseen::named).toList());
    }

    /** A part of the path of an address. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The beginning of a hash, or {@code none}. */
    public static String hash(String hash) {
        return hash.isEmpty() ? "none" : hash.substring(0, Math.min(hash.length(), 12));
    }
}
