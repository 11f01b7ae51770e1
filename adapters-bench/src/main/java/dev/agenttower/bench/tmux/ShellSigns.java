package dev.agenttower.bench.tmux;

import java.util.Locale;

/** How an engine says that a container has no shell. */
final class ShellSigns {
    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;

    private ShellSigns() {}

    /** Whether a program {@code sh} could not be started because there is none. */
    static boolean noShell(int status, String complaint) {
        boolean couldNotStart = status == CANNOT_RUN || status == NOT_FOUND || status == EngineAnswers.STATUS;
        return couldNotStart && noShell(complaint);
    }

    /** Whether {@code complaint} is what an engine prints instead of a shell's output. */
    static boolean noShell(String complaint) {
        String text = complaint.toLowerCase(Locale.ROOT);
        return text.contains("\"sh\": executable file not found")
                || text.contains("\"sh\": permission denied")
                || text.contains("stat sh: no such file")
                || text.contains("executable file `sh` not found");
    }
}
