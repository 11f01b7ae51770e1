package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of the standard streams are terminals.
 *
 * @param input stdin
 * @param output stdout
 * @param error stderr
 */
public record Terminals(boolean input, boolean output, boolean error) {
    /** No terminals, as for scripts and tests. */
    public static final Terminals NONE = new Terminals(false, false, false);

    /**
     * The streams of this process.
     *
     * <p>Read from {@code /proc}: {@link System#console()} cannot distinguish stdin from stdout, and has another meaning since JDK 22.
     */
    public static Terminals ofProcess() {
        return new Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
    }

    /** Whether a person can read and answer. */
    public boolean allowDialog() {
        return input && output;
    }

    /** Whether a stream of this process is a pipe. */
    public static boolean isPipe(int descriptor) {
        String target = target(descriptor);
        return target.startsWith("pipe:") || target.startsWith("socket:");
    }

    private static boolean isTerminal(int descriptor) {
        String target = target(descriptor);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }
}
