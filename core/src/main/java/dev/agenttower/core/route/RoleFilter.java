package dev.agenttower.core.route;

import dev.agenttower.core.agent.Agent;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects agents by role and capability, written {@code role:<role>} or {@code role:<role>,capability:<capability>}.
 *
 * @param role a word, which need not be a known role
 * @param capability a word; null selects any
 */
record RoleFilter(String role, @Nullable String capability) {
    private static final Pattern FORM = Pattern.compile("role:([A-Za-z0-9_-]+)(?:,capability:([A-Za-z0-9_-]+))?");

    /** The filter of this text; empty if the text has another form. */
    static Optional<RoleFilter> parse(@Nullable String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        return form.matches() ? Optional.of(new RoleFilter(form.group(1), form.group(2))) : Optional.empty();
    }

    boolean takes(Agent agent) {
        return agent.role().wire().equals(role)
                && (capability == null || agent.capability().wire().equals(capability));
    }
}
