package dev.agenttower.client.governance.change;

import org.jspecify.annotations.Nullable;

/** Which change requests; what is null does not matter. */
public record ChangeFilter(
        @Nullable String status,
        @Nullable String role,
        @Nullable String agent,
        @Nullable String targetPath) {
    /** All of them. */
    public static final ChangeFilter ALL = new ChangeFilter(null, null, null, null);

    /** Those that wait for a decision. */
    public static final ChangeFilter PENDING = new ChangeFilter("pending", null, null, null);
}
