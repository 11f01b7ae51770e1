package dev.agenttower.cli.surroundings;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The id of this machine, from which the id of the host's own bench container is derived. */
public final class MachineId {
    private static final List<String> SOURCES =
            List.of("etc/machine-id", "var/lib/dbus/machine-id", "proc/sys/kernel/hostname");

    private MachineId() {}

    /** The host's id as a bench container; empty if no source below the root has a machine id. */
    public static Optional<ContainerId> hostBench(Path root) {
        for (String source : SOURCES) {
            try {
                String text = Files.readString(root.resolve(source), StandardCharsets.UTF_8)
                        .strip();
                if (!text.isEmpty()) {
                    return Optional.of(HostIdentity.id(text));
                }
            } catch (IOException ignored) {
                // The next source is tried: a machine need not have all of them.
            }
        }
        return Optional.empty();
    }
}
