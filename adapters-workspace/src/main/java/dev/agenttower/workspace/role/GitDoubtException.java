package dev.agenttower.workspace.role;

import java.io.IOException;

/** Git did not finish, so some changes may be unknown. */
final class GitDoubtException extends IOException {
    private static final long serialVersionUID = 1L;

    GitDoubtException(String message) {
        super(message);
    }

    static GitDoubtException late() {
        return new GitDoubtException("git did not answer in time");
    }
}
