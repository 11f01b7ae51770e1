package dev.agenttower.cli.hook;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command that a client runs: our program, the name of the client, and the name of the event.
 *
 * @param program {@code agenttower-hook}
 */
record HookCommandLine(Path program) {
    private static final String PROGRAM = "agenttower-hook";

    /** The command that runs the program of a folder. */
    static HookCommandLine in(Path folder) {
        return new HookCommandLine(folder.toAbsolutePath().normalize().resolve(PROGRAM));
    }

    /** The command that a line of a shell is, wherever its program lies; empty if the line does not run it. */
    static Optional<HookCommandLine> parse(String line) {
        try {
            Path program = Path.of(firstWord(line));
            return program.endsWith(PROGRAM) ? Optional.of(new HookCommandLine(program)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String firstWord(String line) {
        StringBuilder word = new StringBuilder(line.length());
        String text = line.stripLeading();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                i++;
                word.append(text.charAt(i));
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (Character.isWhitespace(c) || ";|&<>()".indexOf(c) >= 0)) {
                break;
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    /** The line for a shell. */
    String line(String client, String event) {
        return "'" + program.toString().replace("'", "'\\''") + "' " + client + " " + event;
    }
}
