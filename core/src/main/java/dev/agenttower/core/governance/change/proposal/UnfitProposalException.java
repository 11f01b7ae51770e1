package dev.agenttower.core.governance.change.proposal;

/** A proposal is malformed or does not apply to the current file. */
public final class UnfitProposalException extends RuntimeException {
    /** Creates the failure; {@code message} is shown to the user. */
    public UnfitProposalException(String message) {
        super(message, null, false, false);
    }

    /** The message for the user. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
