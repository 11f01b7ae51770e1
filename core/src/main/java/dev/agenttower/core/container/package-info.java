/** The containers that the tower watches, and the ports to the engine that runs them and to the store that remembers them. */
@NullMarked
package dev.agenttower.core.container;

import org.jspecify.annotations.NullMarked;
