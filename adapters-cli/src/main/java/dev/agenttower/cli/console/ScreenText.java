package dev.agenttower.cli.console;

import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.text.AnsiSequences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Lines of a screen as tmux writes them, made safe: of all sequences only those of colours and styles have an effect, on the lines that
 * follow as well; other control characters are removed or replaced.
 */
final class ScreenText {
    private static final Pattern STYLE = Pattern.compile("\u001b\\[[0-9;:]*m");
    private static final char SHIFT_OUT = 0x0e;
    private static final char SHIFT_IN = 0x0f;
    /** The characters of the line drawing set that terminals switch to, from {@code `} on. */
    private static final String DRAWING = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private AttributedStyle style = AttributedStyle.DEFAULT;
    private boolean isDrawing;

    private ScreenText() {}

    /** The lines from above, without blank ones at the end. */
    static List<AttributedString> of(List<String> lines) {
        ScreenText screen = new ScreenText();
        List<AttributedString> safe = new ArrayList<>(lines.size());
        int used = 0;
        for (String line : lines) {
            AttributedString text = screen.line(line);
            safe.add(text);
            used = text.toString().isBlank() ? used : safe.size();
        }
        return safe.subList(0, used);
    }

    private AttributedString line(String line) {
        AttributedStringBuilder text = new AttributedStringBuilder().style(style);
        Matcher codes = STYLE.matcher(line);
        int from = 0;
        while (codes.find()) {
            text.append(TerminalText.safe(drawn(AnsiSequences.strip(line.substring(from, codes.start())))));
            text.appendAnsi(codes.group());
            from = codes.end();
        }
        text.append(TerminalText.safe(drawn(AnsiSequences.strip(line.substring(from)))));
        style = text.style();
        return text.toAttributedString();
    }

    private String drawn(String text) {
        if (!isDrawing && text.indexOf(SHIFT_OUT) < 0) {
            return text;
        }
        StringBuilder drawn = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SHIFT_OUT || c == SHIFT_IN) {
                isDrawing = c == SHIFT_OUT;
            } else {
                int sign = c - '`';
                drawn.append(isDrawing && sign >= 0 && sign < DRAWING.length() ? DRAWING.charAt(sign) : c);
            }
        }
        return drawn.toString();
    }
}
