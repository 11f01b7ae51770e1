package dev.agenttower.client.governance.change;

import org.jspecify.annotations.Nullable;

/** Selects change requests; null matches everything. */
public record ChangeFilter(
        @Nullable String status,
        @Nullable String role,
        @Nullable String agent,
        @Nullable String targetPath) {
    /** All change requests. */
    public static final ChangeFilter ALL = new ChangeFilter(null, null, null, null);

    /** The undecided ones. */
    public static final ChangeFilter PENDING = new ChangeFilter("pending", null, null, null);
}
