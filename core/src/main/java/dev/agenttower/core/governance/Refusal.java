package dev.agenttower.core.governance;

/** Why governance refuses a request. */
public enum Refusal {
    /** Something in the request is missing, malformed or too long. */
    INVALID,
    /** The caller may not do this. */
    FORBIDDEN,
    /** What is named does not exist. */
    NOT_FOUND,
    /** What is named is in a state, or a file has a content, that the request does not apply to. */
    CONFLICT,
    /** Too much is waiting already; nothing is taken on until some of it is done. */
    FULL,
    /** Others are being served that need as much; nothing was changed, and the same request may be met in a moment. */
    BUSY,
    /** The request was right, but carrying it out failed; nothing was changed. */
    FAILED
}
