package dev.agenttower.cli.surroundings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a process runs where its daemon runs.
 *
 * <p>A machine that was made from a container image bears the signs of a container itself. What shares mounts and process numbers with
 * the daemon is on the host all the same, for the host is where the daemon is.
 */
public final class DaemonPlace {
    private static final String DAEMON_PROGRAM = "AgentTowerDaemon";

    private DaemonPlace() {}

    /**
     * Whether this process shares the daemon's place.
     *
     * @param root where {@code proc} is looked for
     * @param daemonPid what the daemon says of itself; in another numbering it names another process, or none
     */
    public static boolean isShared(Path root, long daemonPid) {
        Path proc = root.resolve("proc");
        Path daemon = proc.resolve(Long.toString(daemonPid));
        try {
            return Files.readString(daemon.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains(DAEMON_PROGRAM)
                    && hasSame("mnt", daemon, proc.resolve("self"))
                    && hasSame("pid", daemon, proc.resolve("self"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasSame(String namespace, Path one, Path other) throws IOException {
        return Files.readSymbolicLink(one.resolve("ns").resolve(namespace))
                .equals(Files.readSymbolicLink(other.resolve("ns").resolve(namespace)));
    }
}
