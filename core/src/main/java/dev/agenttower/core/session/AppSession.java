package dev.agenttower.core.session;

/**
 * A session of a control panel.
 *
 * @param token the opaque secret that a panel sends with each call; never logged
 * @param id 1, 2, 3, ... in the order of creation within one run of the daemon; may be logged
 */
public record AppSession(String token, long id) {
    /** Omits the token. */
    @Override
    public String toString() {
        return "AppSession[id=" + id + "]";
    }
}
