package dev.agenttower.workspace.role;

import dev.agenttower.core.governance.role.WorkingCopy;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The git repository of a directory. Runs no program that the repository configures; see {@link GitCommand}. Thread-safe.
 *
 * <p>The commit is read from the files of the repository, the status from git. A status that git cannot determine is reported as unknown.
 */
public final class GitWorkingCopy implements WorkingCopy {
    /** Concurrent status requests, over all projects: git may be slow on an agent's repository, and a waiting caller occupies a worker. */
    private static final int MAX_LOOKS = 2;

    private static final Semaphore LOOKS = new Semaphore(MAX_LOOKS);
    private static final Status BUSY = new Status("", "git is being asked for other sessions already; try again", true);

    private final Path root;
    private final Semaphore own = new Semaphore(1);

    /** The working copy below a directory. */
    public GitWorkingCopy(Path root) {
        this.root = root;
    }

    @Override
    public Status status() {
        try {
            GitRepository repository = GitRepository.around(root);
            return repository == null
                    ? Status.CLEAN
                    : alone(own, () -> alone(LOOKS, () -> new GitStatus().of(repository)));
        } catch (IOException | InvalidPathException e) {
            return new Status("", "the repository cannot be read: " + e.getMessage());
        }
    }

    @Override
    public @Nullable String commit() {
        try {
            GitRepository repository = GitRepository.around(root);
            return repository == null ? null : repository.commit();
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static Status alone(Semaphore places, Supplier<Status> look) {
        if (!places.tryAcquire()) {
            return BUSY;
        }
        try {
            return look.get();
        } finally {
            places.release();
        }
    }
}
