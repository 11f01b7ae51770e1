/**
 * Processing of a request: caller, route, parameters, and conversion of refusals. Entry type: {@link
 * dev.agenttower.http.route.RoutedService}.
 */
@NullMarked
package dev.agenttower.http.route;

import org.jspecify.annotations.NullMarked;
