/** Tests of routes. */
@NullMarked
package dev.agenttower.core.route;

import org.jspecify.annotations.NullMarked;
