package dev.agenttower.core.container;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        byte[] text = ("host:" + machineId.strip()).getBytes(StandardCharsets.UTF_8);
        try {
            return new ContainerId(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
