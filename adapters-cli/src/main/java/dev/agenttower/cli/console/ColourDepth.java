package dev.agenttower.cli.console;

import dev.agenttower.cli.command.CliContext;
import org.jline.utils.AttributedCharSequence;
import org.jline.utils.AttributedString;

/**
 * How many colours the terminal has.
 *
 * @param colours 0 for none
 */
record ColourDepth(int colours) {
    private static final int MANY = 256;
    private static final int FEW = 8;

    /** Of the terminal of stdout. Colours that it lacks are shown as the nearest ones. */
    static ColourDepth of(CliContext context) {
        if (!context.allowsColour(context.terminals().output())) {
            return new ColourDepth(0);
        }
        String terminal = context.environment().getOrDefault("TERM", "");
        String claimed = context.environment().getOrDefault("COLORTERM", "");
        if (claimed.equals("truecolor") || claimed.equals("24bit") || terminal.endsWith("-direct")) {
            return new ColourDepth(AttributedCharSequence.TRUE_COLORS);
        }
        // tmux and screen take all codes of 256 colours, whatever their names say.
        boolean hasMany = terminal.contains("256color") || terminal.startsWith("tmux") || terminal.startsWith("screen");
        return new ColourDepth(hasMany ? MANY : FEW);
    }

    /** A line as the terminal takes it; without any codes where there are no colours. */
    String text(AttributedString line) {
        if (colours == 0) {
            return line.toString();
        }
        StringBuilder text = new StringBuilder(line.length() + 64);
        int end;
        for (int start = 0; start < line.length(); start = end) {
            end = line.runLimit(start);
            // The codes are made for a sign in place of the text, of which line drawing would become ASCII.
            text.append(new AttributedString("x", line.styleAt(start))
                    .toAnsi(colours, AttributedCharSequence.ForceMode.None)
                    .replace("x", line.substring(start, end).toString()));
        }
        return text.toString();
    }
}
