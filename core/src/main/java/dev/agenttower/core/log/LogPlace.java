package dev.agenttower.core.log;

import dev.agenttower.core.text.ShellWords;

/**
 * Where a log lies.
 *
 * @param hostPath for the daemon, without symbolic links
 * @param benchPath for the bench that writes it
 */
record LogPlace(String hostPath, String benchPath) {
    /** The shell command that appends its input to the log. */
    String command() {
        return "cat >> " + ShellWords.quoted(benchPath);
    }
}
