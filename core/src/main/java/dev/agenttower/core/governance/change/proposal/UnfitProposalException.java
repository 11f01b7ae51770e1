package dev.agenttower.core.governance.change.proposal;

/** A proposal is malformed, or does not apply to its file as the file is. */
public final class UnfitProposalException extends RuntimeException {
    /** Creates the failure; {@code message} is what a person is told. */
    public UnfitProposalException(String message) {
        super(message, null, false, false);
    }

    /** What a person is told. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
