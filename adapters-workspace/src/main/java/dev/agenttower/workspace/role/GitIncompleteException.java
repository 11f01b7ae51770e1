package dev.agenttower.workspace.role;

import java.io.IOException;

/** Git did not finish, so some changes may be unknown. */
final class GitIncompleteException extends IOException {
    private static final long serialVersionUID = 1L;

    GitIncompleteException(String message) {
        super(message);
    }

    static GitIncompleteException late() {
        return new GitIncompleteException("git did not answer in time");
    }
}
