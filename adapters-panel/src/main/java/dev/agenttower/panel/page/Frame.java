package dev.agenttower.panel.page;

import dev.agenttower.panel.security.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the content of a page.
 *
 * @param title the title of the page
 * @param section the word of the navigation that the page belongs to; empty for none
 * @param csrf the secret of forms; null for a visitor without a session, who sees no navigation
 * @param visitor who looks; null for a visitor without a session
 * @param pending the number of changes that wait for the human
 * @param isDaemonDown whether the daemon did not answer last
 */
public record Frame(
        String title,
        String section,
        @Nullable String csrf,
        @Nullable Visitor visitor,
        int pending,
        boolean isDaemonDown) {
    /** The title of the window, which begins with the number of waiting changes. */
    public String windowTitle() {
        return (pending > 0 ? "(" + pending + ") " : "") + title + " - AgentTower";
    }

    /** Whether this is the page of a session. */
    public boolean isOpen() {
        return csrf != null;
    }

    /** Whether the visitor only looks. */
    public boolean isReadOnly() {
        return visitor != null && !visitor.canDecide();
    }

    /** Whether decisions need the operator's passphrase. */
    public boolean asksPassphrase() {
        return visitor != null && visitor.asksPassphrase();
    }
}
