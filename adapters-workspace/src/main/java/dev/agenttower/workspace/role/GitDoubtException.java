package dev.agenttower.workspace.role;

import java.io.IOException;

/** Git could not be asked to the end, so that there may be changes that it would have told. */
final class GitDoubtException extends IOException {
    private static final long serialVersionUID = 1L;

    GitDoubtException(String message) {
        super(message);
    }

    static GitDoubtException late() {
        return new GitDoubtException("git did not answer in time");
    }
}
