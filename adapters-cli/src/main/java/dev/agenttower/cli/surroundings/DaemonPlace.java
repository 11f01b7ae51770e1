package dev.agenttower.cli.surroundings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a process runs in the same place as its daemon.
 *
 * <p>A machine made from a container image itself looks like a container. A process with the daemon's mount and PID namespaces is on the
 * host all the same, because the daemon's location defines the host.
 */
public final class DaemonPlace {
    private static final String DAEMON_PROGRAM = "AgentTowerDaemon";

    private DaemonPlace() {}

    /**
     * Whether this process shares the daemon's namespaces.
     *
     * @param root the directory that contains {@code proc}
     * @param daemonPid the daemon's own process id; in another PID namespace it names another process, or none
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
