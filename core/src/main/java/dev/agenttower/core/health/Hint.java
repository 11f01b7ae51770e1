package dev.agenttower.core.health;

import java.util.Locale;

/**
 * Something that a person may want to do.
 *
 * @param message one sentence
 */
public record Hint(Code code, String message) {
    /** What a hint is about, in the order of display. */
    public enum Code {
        /** The container engine is not well. */
        DOCKER_UNAVAILABLE_HINT(Severity.ACTION_REQUIRED),
        /** No bench is known. */
        START_BENCH_CONTAINER(Severity.ACTION_REQUIRED),
        /** The rule may hide containers; kept for clients, not given at present. */
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

        /** How much it matters. */
        public Severity severity() {
            return severity;
        }

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much a hint matters. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** Something is not as it should be. */
        WARNING,
        /** Little works before this is done. */
        ACTION_REQUIRED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
