package dev.agenttower.core.agent;

/**
 * The rules for single values of an agent, the same for every way in. Each method returns the value in its stored form or refuses it.
 */
public final class AgentRules {
    /** The longest label, in code points. */
    public static final int MAX_LABEL = 64;
    /** The longest project path, in code points. */
    public static final int MAX_PROJECT_PATH = 4096;

    private AgentRules() {}

    /**
     * A role by its name.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALUE_OUT_OF_SET}
     */
    public static Role role(String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * A capability by its name.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALUE_OUT_OF_SET}
     */
    public static Capability capability(String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * A label, made one line.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code FIELD_TOO_LONG}
     */
    public static String label(String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * A project path; empty clears it.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code PROJECT_PATH_INVALID} or {@code FIELD_TOO_LONG}
     */
    public static String projectPath(String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * The id of an agent in its new form.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALUE_OUT_OF_SET}
     */
    public static AgentId id(String value) {
        throw new UnsupportedOperationException();
    }
}
