package dev.agenttower.panel.security;

/**
 * Who sends a request.
 *
 * @param standing what follows from it
 * @param reason the daemon's code, such as {@code agent_process}, or {@code human}
 * @param explanation one sentence for a person
 * @param asksPassphrase whether decisions need the operator's passphrase
 */
public record Visitor(Standing standing, String reason, String explanation, boolean asksPassphrase) {
    /** What a visitor may do. */
    public enum Standing {
        /** A human of this host: everything. */
        HUMAN,
        /** May be an agent, or cannot be told: looks, and decides about changes with the passphrase. */
        UNCERTAIN,
        /** An agent, another user, or a container: nothing. */
        REFUSED
    }

    /** Whether everything but a decision on sovereign files is allowed. */
    public boolean isHuman() {
        return standing == Standing.HUMAN;
    }

    /** Whether a decision can succeed: a human's, or anybody's who knows the passphrase. */
    public boolean canDecide() {
        return standing == Standing.HUMAN || (standing == Standing.UNCERTAIN && asksPassphrase);
    }
}
