package dev.agenttower.cli.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A process that is nobody's child here, told from a later one of the same number by the moment at which it started.
 *
 * @param startedAt in ticks since the machine started
 */
record ObservedProcess(long pid, String startedAt) {
    private static final int STATE = 0;
    private static final int STARTED_AT = 19;

    /** The process of this number; null if there is none. */
    static @Nullable ObservedProcess of(long pid) {
        String[] facts = facts(pid);
        return facts == null ? null : new ObservedProcess(pid, facts[STARTED_AT]);
    }

    /** Whether it is gone, or dead and only not waited for by its parent. */
    boolean hasEnded() {
        String[] facts = facts(pid);
        return facts == null
                || !facts[STARTED_AT].equals(startedAt)
                || facts[STATE].equals("Z")
                || facts[STATE].equals("X");
    }

    // What follows the name of the program, which is in brackets and may hold anything.
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
