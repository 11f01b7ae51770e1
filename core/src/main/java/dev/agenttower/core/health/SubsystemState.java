package dev.agenttower.core.health;

import java.util.Locale;

/**
 * The state of a subsystem.
 *
 * @param reason why it is not ready, one line; empty if and only if it is ready
 */
public record SubsystemState(Subsystem subsystem, Status status, String reason) {
    /** Checks that a reason is given exactly when it is needed. */
    public SubsystemState {
        if ((status == Status.OK) != reason.isEmpty()) {
            throw new IllegalArgumentException("status " + status + " with reason \"" + reason + "\"");
        }
    }

    /** A ready subsystem. */
    public static SubsystemState ok(Subsystem subsystem) {
        return new SubsystemState(subsystem, Status.OK, "");
    }

    /** A subsystem that works in part. */
    public static SubsystemState degraded(Subsystem subsystem, String reason) {
        return new SubsystemState(subsystem, Status.DEGRADED, reason);
    }

    /** A subsystem that does not work. */
    public static SubsystemState unavailable(Subsystem subsystem, String reason) {
        return new SubsystemState(subsystem, Status.UNAVAILABLE, reason);
    }

    /** The level of a state. */
    public enum Status {
        /** It works. */
        OK,
        /** It works in part. */
        DEGRADED,
        /** It does not work. */
        UNAVAILABLE;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
