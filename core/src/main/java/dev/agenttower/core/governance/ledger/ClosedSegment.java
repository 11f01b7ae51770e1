package dev.agenttower.core.governance.ledger;

/**
 * A part of a ledger that is not written any more.
 *
 * @param name the name of the file that holds it, beside the ledger
 * @param sha256 the SHA-256 of its bytes
 * @param bytes its size
 * @param integrity what a check of its chain found
 */
public record ClosedSegment(String name, String sha256, long bytes, Integrity integrity) {}
