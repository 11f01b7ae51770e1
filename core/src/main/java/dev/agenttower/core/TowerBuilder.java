package dev.agenttower.core;

/** Collects the ports of a {@link Tower}. Not thread-safe. */
public final class TowerBuilder {
    TowerBuilder() {}

    /** Builds the tower. */
    public Tower build() {
        throw new UnsupportedOperationException();
    }
}
