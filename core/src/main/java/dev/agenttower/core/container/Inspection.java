package dev.agenttower.core.container;

import java.util.List;

/**
 * The result of inspecting several containers. A container may be in both lists.
 *
 * @param found in the order of the request
 * @param failures in the order they happened
 */
public record Inspection(List<InspectedContainer> found, List<ScanProblem> failures) {
    /** Copies the lists. */
    public Inspection {
        found = List.copyOf(found);
        failures = List.copyOf(failures);
    }
}
