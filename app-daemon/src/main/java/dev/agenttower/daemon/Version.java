package dev.agenttower.daemon;

import org.jspecify.annotations.Nullable;

/** The version of this build. */
final class Version {
    private Version() {}

    /** The version in the jar's manifest; {@code 0.0.0+local} outside a jar. */
    static String current() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0+local" : version;
    }
}
