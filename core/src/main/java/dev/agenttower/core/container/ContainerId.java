package dev.agenttower.core.container;

import static java.util.Objects.requireNonNull;

/**
 * The id of a bench container: 64 hex digits from a container engine, but any text is accepted and compared exactly.
 *
 * @param value the id, opaque
 */
public record ContainerId(String value) implements Comparable<ContainerId> {
    /** Checks that there is a value. */
    public ContainerId {
        requireNonNull(value, "value");
    }

    @Override
    public int compareTo(ContainerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
