package dev.agenttower.workspace;

import dev.agenttower.core.governance.role.WorkingCopy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The git repository that a directory belongs to. Nothing that the repository says is ever run; see {@link GitCommand}. Thread-safe.
 *
 * <p>The commit is read from the files of the repository, all else is asked of git. What cannot be told that way is said to be unknown.
 */
public final class GitWorkingCopy implements WorkingCopy {
    private final Path root;

    /** The working copy below a directory. */
    public GitWorkingCopy(Path root) {
        this.root = root;
    }

    @Override
    public Status status() {
        try {
            GitRepository repository = GitRepository.around(root);
            return repository == null ? Status.CLEAN : new GitStatus().of(repository);
        } catch (IOException e) {
            return new Status("", "the repository cannot be read: " + e.getMessage());
        }
    }

    @Override
    public @Nullable String commit() {
        try {
            GitRepository repository = GitRepository.around(root);
            return repository == null ? null : repository.commit();
        } catch (IOException e) {
            return null;
        }
    }
}
