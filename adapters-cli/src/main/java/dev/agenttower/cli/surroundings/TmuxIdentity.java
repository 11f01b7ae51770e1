package dev.agenttower.cli.surroundings;

import dev.agenttower.core.text.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tmux pane of a process, from its environment alone. */
public sealed interface TmuxIdentity {
    /**
     * A pane.
     *
     * @param socketPath the socket of the tmux server
     * @param sessionId the number of the session
     * @param paneId such as {@code %3}
     */
    record InPane(String socketPath, String sessionId, String paneId) implements TmuxIdentity {}

    /** {@code TMUX} is unset or empty. */
    record Outside() implements TmuxIdentity {}

    /**
     * The variables are malformed.
     *
     * @param reason the problem
     */
    record Malformed(String reason) implements TmuxIdentity {}

    /** Reads {@code TMUX} and {@code TMUX_PANE}. */
    static TmuxIdentity of(Map<String, String> environment) {
        @Nullable String tmux = environment.get("TMUX");
        if (tmux == null || tmux.isEmpty()) {
            return new Outside();
        }
        // The last field may itself contain commas.
        String[] parts = Text.abbreviated(tmux, ContainerIdentity.MAX_LENGTH).split(",", 3);
        if (parts.length < 3) {
            return new Malformed("$TMUX is set but does not have three comma-separated fields");
        }
        if (parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            return new Malformed("$TMUX has an empty field");
        }
        @Nullable String pane = environment.get("TMUX_PANE");
        if (pane == null || pane.isEmpty()) {
            return new Malformed("$TMUX is set but $TMUX_PANE is unset");
        }
        String paneId = Text.abbreviated(pane, ContainerIdentity.MAX_LENGTH);
        return isPaneId(paneId)
                ? new InPane(parts[0], parts[2], paneId)
                : new Malformed("$TMUX_PANE does not match the %N shape");
    }

    private static boolean isPaneId(String text) {
        if (text.length() < 2 || text.charAt(0) != '%') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
