/** The stored routes. */
@NullMarked
package dev.agenttower.sqlite.route;

import org.jspecify.annotations.NullMarked;
