/** The tower: {@link dev.agenttower.core.Tower} is the façade, built from ports, that offers the use cases. */
@NullMarked
package dev.agenttower.core;

import org.jspecify.annotations.NullMarked;
