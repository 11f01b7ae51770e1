package dev.agenttower.core.governance.project;

/**
 * The text of a file.
 *
 * @param text what it says, line ends as they are
 * @param sha256 the SHA-256 of its bytes, in lower case hexadecimal
 */
public record ProjectText(String text, String sha256) {}
