package dev.agenttower.core.governance.role;

import org.jspecify.annotations.Nullable;

/** The version control of a project's files. Thread-safe; may take seconds. */
public interface WorkingCopy {
    /**
     * What is not committed. An implementation must run nothing that the files, or what versions them, name; what cannot be told without is
     * unknown.
     */
    Status status();

    /** The commit that the files are at; null when that cannot be told. */
    @Nullable String commit();

    /**
     * What is not committed.
     *
     * @param uncommitted as text for a person; empty for nothing
     * @param unknown of what it cannot be told whether it is, as text for a person; empty for nothing
     * @param isInDoubt whether looking was given up, so that there may be more uncommitted than is told
     */
    record Status(String uncommitted, String unknown, boolean isInDoubt) {
        /** Everything is committed, or nothing is versioned. */
        public static final Status CLEAN = new Status("", "");

        /** All that could be looked at was. */
        public Status(String uncommitted, String unknown) {
            this(uncommitted, unknown, false);
        }
    }

    /** Files that nothing versions. */
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
