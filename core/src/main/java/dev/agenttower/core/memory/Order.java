package dev.agenttower.core.memory;

import dev.agenttower.core.pane.PaneKey;
import java.util.Comparator;

/** The comparison of text and panes in tables. */
final class Order {
    /** By code points, as the bytes of UTF-8 compare; {@link String#compareTo} differs beyond the basic plane. */
    static final Comparator<String> TEXT = Order::compareByCodePoint;

    /** By container id, socket, session, window index, pane index and tmux id. */
    static final Comparator<PaneKey> PANE_KEY = Comparator.comparing(
                    (PaneKey key) -> key.container().value(), TEXT)
            .thenComparing(PaneKey::socketPath, TEXT)
            .thenComparing(PaneKey::sessionName, TEXT)
            .thenComparingInt(PaneKey::windowIndex)
            .thenComparingInt(PaneKey::paneIndex)
            .thenComparing(PaneKey::paneId, TEXT);

    private Order() {}

    private static int compareByCodePoint(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length()) {
            int a = left.codePointAt(at);
            int b = right.codePointAt(at);
            if (a != b) {
                return Integer.compare(a, b);
            }
            at += Character.charCount(a);
        }
        return Integer.compare(left.length(), right.length());
    }
}
