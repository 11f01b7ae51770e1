package dev.agenttower.core.governance.role;

import org.jspecify.annotations.Nullable;

/** The version control of a project's files. Thread-safe; may take seconds. */
public interface WorkingCopy {
    /**
     * The uncommitted changes. An implementation must not run programs named by the files or by the version control configuration; state that
     * cannot be determined without them is unknown.
     */
    Status status();

    /** The current commit; null if it cannot be determined. */
    @Nullable String commit();

    /**
     * What is not committed.
     *
     * @param uncommitted the changes as text for the user; empty for none
     * @param unknown the files whose state is unknown, as text for the user; empty for none
     * @param isInDoubt whether the check was aborted, so that there may be further uncommitted changes
     */
    record Status(String uncommitted, String unknown, boolean isInDoubt) {
        /** No uncommitted changes, or no version control. */
        public static final Status CLEAN = new Status("", "");

        /** The status of a complete check. */
        public Status(String uncommitted, String unknown) {
            this(uncommitted, unknown, false);
        }
    }

    /** Files without version control. */
    static WorkingCopy none() {
        return new WorkingCopy() {
            @Override
            public Status status() {
                return Status.CLEAN;
            }

            @Override
            public @Nullable String commit() {
                return null;
            }
        };
    }
}
