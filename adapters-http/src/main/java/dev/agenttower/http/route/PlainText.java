package dev.agenttower.http.route;

/** An answer that is text, not JSON. */
public record PlainText(String text) {}
