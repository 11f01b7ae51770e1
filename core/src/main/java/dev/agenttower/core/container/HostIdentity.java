package dev.agenttower.core.container;

import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;

/** The id of the host as a bench, derived from the machine's id. */
public final class HostIdentity {
    private HostIdentity() {}

    /**
     * The SHA-256 of {@code host:} and the machine's id, in 64 lower-case hex digits.
     *
     * @param machineId the first line of {@code /etc/machine-id}, else of {@code /var/lib/dbus/machine-id}, else the host's name; surrounding
     *     blanks are ignored
     */
    public static ContainerId id(String machineId) {
        return new ContainerId(Sha256.hex(("host:" + machineId.strip()).getBytes(StandardCharsets.UTF_8)));
    }
}
