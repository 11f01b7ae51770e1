package dev.agenttower.core.health;

import java.util.Locale;

/**
 * A suggestion for the user.
 *
 * @param message one sentence
 */
public record Hint(Code code, String message) {
    /** The codes of hints, in the order of display. */
    public enum Code {
        /** The container engine is not ready. */
        DOCKER_UNAVAILABLE_HINT(Severity.ACTION_REQUIRED),
        /** No bench is known. */
        START_BENCH_CONTAINER(Severity.ACTION_REQUIRED),
        /** The rule may hide containers; kept for clients, not used at present. */
        CHECK_CONTAINER_FILTER(Severity.INFO),
        /** There are panes but no agents. */
        REGISTER_FIRST_AGENT(Severity.INFO),
        /** There are agents but no attached log. */
        ATTACH_LOGS(Severity.INFO),
        /** There are agents but no enabled route. */
        ENABLE_FIRST_ROUTE(Severity.INFO);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        /** The severity. */
        public Severity severity() {
            return severity;
        }

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The severity of a hint. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** A problem exists. */
        WARNING,
        /** Little works before this is done. */
        ACTION_REQUIRED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
