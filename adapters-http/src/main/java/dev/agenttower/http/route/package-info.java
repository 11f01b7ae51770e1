/**
 * The way from a request to an answer: who calls, which route, what its parameters are, and what a refusal becomes. Entry type:
 * {@link dev.agenttower.http.route.RoutedService}.
 */
@NullMarked
package dev.agenttower.http.route;

import org.jspecify.annotations.NullMarked;
