package dev.agenttower.unix;

import java.io.IOException;

/**
 * Surrounds the system call that makes the socket's inode, so that the inode appears with mode 0600 at once. An implementation must run the
 * given action exactly once, with a process umask of 0177, and restore the umask whatever the action throws.
 */
@FunctionalInterface
public interface BindGuard {
    /** Runs {@code bind} under the guard. */
    void run(BindAction bind) throws IOException;

    /** Runs the action as it is; the mode is then corrected after the bind, so the socket's directory must be private. */
    static BindGuard none() {
        return BindAction::bind;
    }

    /** The system call that makes the inode. */
    @FunctionalInterface
    interface BindAction {
        /** Binds. */
        void bind() throws IOException;
    }
}
