package dev.agenttower.bench.tmux;

import java.util.Locale;

/** Recognizes the error texts of engines for a container without a shell. */
final class MissingShell {
    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;

    private MissingShell() {}

    /** Whether {@code sh} could not be started because it does not exist. */
    static boolean noShell(int status, String complaint) {
        boolean couldNotStart = status == CANNOT_RUN || status == NOT_FOUND || status == EngineAnswers.STATUS;
        return couldNotStart && noShell(complaint);
    }

    /** Whether {@code complaint} is an engine's error text for a missing shell. */
    static boolean noShell(String complaint) {
        String text = complaint.toLowerCase(Locale.ROOT);
        return text.contains("\"sh\": executable file not found")
                || text.contains("\"sh\": permission denied")
                || text.contains("stat sh: no such file")
                || text.contains("executable file `sh` not found");
    }
}
