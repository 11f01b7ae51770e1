/** How the daemon lives and ends, seen from outside. */
@NullMarked
package dev.agenttower.contract.lifecycle;

import org.jspecify.annotations.NullMarked;
