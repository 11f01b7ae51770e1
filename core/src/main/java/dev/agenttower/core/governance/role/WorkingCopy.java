package dev.agenttower.core.governance.role;

import org.jspecify.annotations.Nullable;

/** The version control of a project's files. Thread-safe; may take seconds. */
public interface WorkingCopy {
    /** What is not committed, as text for a person; empty when everything is, or when that cannot be told. */
    String uncommitted();

    /** The commit that the files are at; null when that cannot be told. */
    @Nullable String commit();

    /** Files that nothing versions. */
    static WorkingCopy none() {
        return new WorkingCopy() {
            @Override
            public String uncommitted() {
                return "";
            }

            @Override
            public @Nullable String commit() {
                return null;
            }
        };
    }
}
