package dev.agenttower.panel.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of a browser.
 *
 * @param cookie the secret in its cookie
 * @param csrf the secret in its forms
 * @param browser the browser's name for itself
 * @param lastUse when a page was last asked for
 */
public record BrowserSession(String cookie, String csrf, String browser, Instant lastUse) {
    /** Whether a form holds the secret of this session. */
    public boolean isForm(@Nullable String token) {
        return Tokens.areEqual(csrf, token);
    }

    BrowserSession usedAt(Instant now) {
        return new BrowserSession(cookie, csrf, browser, now);
    }
}
