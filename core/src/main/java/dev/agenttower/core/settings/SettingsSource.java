package dev.agenttower.core.settings;

/**
 * Reads the settings. An implementation must read them on each call, so that an edit needs no restart. Thread-safe.
 *
 * <p>A missing file, table or key means its default.
 */
public interface SettingsSource {
    /**
     * The rule that selects bench containers.
     *
     * @throws InvalidSettingsException if the file or its {@code [containers]} table is invalid
     */
    ContainerRule containerRule();

    /**
     * The {@code [events]} table.
     *
     * @throws InvalidSettingsException if the file or the table is invalid
     */
    EventSettings events();

    /**
     * The {@code [host]} and {@code [discovery]} tables.
     *
     * @throws InvalidSettingsException if the file or one of the tables is invalid
     */
    DiscoverySettings discovery();

    /**
     * Checks what other parts of the program read from the same file: the rules of events and of adoption, the bounds of logs, of
     * routes and of silent agents, and when prompts are typed.
     *
     * @throws InvalidSettingsException if the file or one of them is invalid
     */
    default void checkRules() {}

    /** Settings that never change, for tests and for embedding. */
    static SettingsSource fixed(ContainerRule rule, EventSettings events, DiscoverySettings discovery) {
        return new FixedSettings(rule, events, discovery);
    }

    /** The defaults. */
    static SettingsSource defaults() {
        return fixed(ContainerRule.DEFAULT, EventSettings.DEFAULT, DiscoverySettings.DEFAULT);
    }
}
