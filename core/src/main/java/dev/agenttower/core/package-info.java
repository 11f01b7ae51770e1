/**
 * The tower itself: {@link dev.agenttower.core.Tower} is the façade that is built from ports and offers the use cases.
 */
@NullMarked
package dev.agenttower.core;

import org.jspecify.annotations.NullMarked;
