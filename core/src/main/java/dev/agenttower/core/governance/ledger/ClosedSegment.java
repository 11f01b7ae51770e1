package dev.agenttower.core.governance.ledger;

/**
 * A closed part of a ledger.
 *
 * @param name the name of the file that holds it, beside the ledger
 * @param sha256 the SHA-256 of its bytes
 * @param bytes its size
 * @param integrity the result of checking its chain
 */
public record ClosedSegment(String name, String sha256, long bytes, Integrity integrity) {}
