package dev.agenttower.workspace.role;

import dev.agenttower.core.governance.role.WorkingCopy;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The git repository that a directory belongs to. Nothing that the repository says is ever run; see {@link GitCommand}. Thread-safe.
 *
 * <p>The commit is read from the files of the repository, all else is asked of git. What cannot be told that way is said to be unknown.
 */
public final class GitWorkingCopy implements WorkingCopy {
    /** So many are looked at at a time, each by one caller: git may take its time over what an agent put there, and whoever waits holds a worker. */
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
