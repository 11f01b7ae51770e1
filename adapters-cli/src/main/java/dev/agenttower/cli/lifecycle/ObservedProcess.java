package dev.agenttower.cli.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A process that is not a child of this one; its start time distinguishes it from a later process with the same number.
 *
 * @param startedAt in clock ticks since the boot
 */
record ObservedProcess(long pid, String startedAt) {
    private static final int STATE = 0;
    private static final int STARTED_AT = 19;

    /** The process with this number; null if there is none. */
    static @Nullable ObservedProcess of(long pid) {
        String[] facts = facts(pid);
        return facts == null ? null : new ObservedProcess(pid, facts[STARTED_AT]);
    }

    /** Whether it has ended, including a zombie. */
    boolean hasEnded() {
        String[] facts = facts(pid);
        return facts == null
                || !facts[STARTED_AT].equals(startedAt)
                || facts[STATE].equals("Z")
                || facts[STATE].equals("X");
    }

    // The fields after the program's name, which is in parentheses and may contain anything.
    private static String @Nullable [] facts(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] facts = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return facts.length > STARTED_AT ? facts : null;
        } catch (IOException e) {
            return null;
        }
    }
}
