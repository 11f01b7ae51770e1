package dev.agenttower.core.directory;

import org.jspecify.annotations.Nullable;

/**
 * Which benches a page shows.
 *
 * @param active true for active ones, false for inactive ones, null for all
 * @param none shows no bench at all: a state that no bench is ever in
 */
public record ContainerCriteria(@Nullable Boolean active, boolean none) {
    /** Every bench. */
    public static final ContainerCriteria ALL = new ContainerCriteria(null, false);
}
