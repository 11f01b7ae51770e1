package dev.agenttower.panel.page;

import dev.agenttower.panel.security.Visitor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final Map<String, String> SECTIONS = sections();

    private static Map<String, String> sections() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("agents", "Agents");
        names.put("queue", "Queue");
        names.put("routes", "Routes");
        names.put("events", "Events");
        names.put("requests", "Requests");
        names.put("ledger", "Ledger");
        names.put("history", "History");
        names.put("policy", "Policy");
        return Collections.unmodifiableMap(names);
    }

    /** The navigation besides governance: names by section. */
    public Map<String, String> others() {
        return SECTIONS;
    }

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
