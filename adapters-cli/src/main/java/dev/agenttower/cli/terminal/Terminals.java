package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of the standard streams a person sits at.
 *
 * @param input stdin
 * @param output stdout
 * @param error stderr
 */
public record Terminals(boolean input, boolean output, boolean error) {
    /** No stream is a terminal: scripts and tests. */
    public static final Terminals NONE = new Terminals(false, false, false);

    /**
     * The streams of this process.
     *
     * <p>Read from {@code /proc}: {@link System#console()} cannot tell stdin from stdout, and means something else since JDK 22.
     */
    public static Terminals ofProcess() {
        return new Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
    }

    /** Whether a person reads and can answer. */
    public boolean allowDialog() {
        return input && output;
    }

    /** Whether a stream of this process has another process at its other end. */
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
