package dev.agenttower.core.queue;

/**
 * The kill switch: while routing is disabled, nothing is delivered.
 *
 * @param lastUpdatedAt when it was last changed, UTC with three digits of fraction
 * @param lastUpdatedBy who last changed it
 */
public record RoutingSwitch(boolean enabled, String lastUpdatedAt, String lastUpdatedBy) {
    /** The state in the store and on the wire. */
    public String value() {
        return value(enabled);
    }

    static String value(boolean enabled) {
        return enabled ? "enabled" : "disabled";
    }
}
