package dev.agenttower.core.route;

import org.jspecify.annotations.Nullable;

/**
 * One of the three rules of a route: whose events it takes, to whom it sends, or which master sends.
 *
 * @param kind the name of the rule, such as {@code role}
 * @param value what the rule needs, such as {@code role:slave}; null for a rule that needs nothing
 */
public record RouteRule(String kind, @Nullable String value) {}
