package dev.agenttower.unix;

import java.io.IOException;

/**
 * Surrounds the system call that creates the socket's inode, so that the inode has mode 0600 from the start. An implementation must run the
 * given action exactly once, with a process umask of 0177, and restore the umask even if the action throws.
 */
@FunctionalInterface
public interface BindGuard {
    /** Runs {@code bind} under the guard. */
    void run(BindAction bind) throws IOException;

    /** Runs the action without a guard; the mode is corrected after the bind, so the socket's directory must be private. */
    static BindGuard none() {
        return BindAction::bind;
    }

    /** The system call that creates the inode. */
    @FunctionalInterface
    interface BindAction {
        /** Binds. */
        void bind() throws IOException;
    }
}
