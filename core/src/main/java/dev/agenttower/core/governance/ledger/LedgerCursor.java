package dev.agenttower.core.governance.ledger;

import java.util.Optional;

/**
 * A position between two lines of a ledger. It is bound to the line before it, so that it cannot be used on another ledger or after a rewrite.
 *
 * @param offset the bytes before it; lines, for a ledger that is not a file
 * @param mark the first 16 digits of the hash of the last event before it; zeros at the beginning
 */
public record LedgerCursor(long offset, String mark) {
    /** The length of a mark. */
    public static final int MARK_LENGTH = 16;

    /** The position before the first line. */
    public static final LedgerCursor START = new LedgerCursor(0, LedgerChain.GENESIS.substring(0, MARK_LENGTH));

    /** Checks the values. */
    public LedgerCursor {
        if (offset < 0 || mark.length() > MARK_LENGTH) {
            throw new IllegalArgumentException("no cursor: " + offset + ", '" + mark + "'");
        }
    }

    /** The position after an event with this hash. */
    public static LedgerCursor after(long offset, String hash) {
        return offset == 0 ? START : new LedgerCursor(offset, hash.substring(0, Math.min(MARK_LENGTH, hash.length())));
    }

    /** Reads {@link #text()}; empty for anything else. */
    public static Optional<LedgerCursor> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 1
                || dot > 18
                || text.length() - dot - 1 > MARK_LENGTH
                || !text.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(new LedgerCursor(Long.parseLong(text.substring(0, dot)), text.substring(dot + 1)));
    }

    /** The form on the wire and in files, {@code 18231.9f2c01aa63b5e870}. */
    public String text() {
        return offset + "." + mark;
    }
}
