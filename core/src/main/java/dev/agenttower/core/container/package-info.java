/** The watched containers, and the ports to the container engine and to the store. */
@NullMarked
package dev.agenttower.core.container;

import org.jspecify.annotations.NullMarked;
