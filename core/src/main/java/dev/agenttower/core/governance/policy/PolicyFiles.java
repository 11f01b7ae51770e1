package dev.agenttower.core.governance.policy;

import java.util.List;

/** The names of the policy files of a project, relative to its root. */
public final class PolicyFiles {
    /** The roles and their jurisdictions. */
    public static final String JURISDICTIONS = "config/jurisdictions.json";
    /** The specs. */
    public static final String SPECS = "config/specs.json";
    /** The settings. */
    public static final String SETTINGS = "config/dttp.json";
    /** All policy files. */
    public static final List<String> ALL = List.of(JURISDICTIONS, SPECS, SETTINGS);

    private PolicyFiles() {}
}
