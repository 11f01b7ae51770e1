package dev.agenttower.panel.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one address that the panel answers under. A page that reaches it under another name, as DNS rebinding does, or from another origin, is
 * refused before anything is done.
 *
 * @param port the port on 127.0.0.1
 */
public record Origin(int port) {
    /** The only interface that is listened on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** The value of the header {@code Host}. */
    public String host() {
        return ADDRESS + ":" + port;
    }

    /** The value of the header {@code Origin}. */
    public String text() {
        return "http://" + host();
    }

    /** Whether a request names exactly this address. */
    public boolean isHost(@Nullable String host) {
        return host().equals(host);
    }

    /**
     * Whether a change comes from a page of the panel: browsers say so in both headers, and none lets a page set them.
     *
     * @param origin the header {@code Origin}, required
     * @param site the header {@code Sec-Fetch-Site}, which older browsers do not send
     */
    public boolean isOwnPage(@Nullable String origin, @Nullable String site) {
        return text().equals(origin) && (site == null || site.equals("same-origin"));
    }

    /** Whether a read was not started by a page of another site. */
    public static boolean isOwnRead(@Nullable String site) {
        return site == null || OWN_SITES.contains(site);
    }
}
