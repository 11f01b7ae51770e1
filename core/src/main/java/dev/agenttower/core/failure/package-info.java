/**
 * The closed set of error codes and the one exception by which a rule refuses a request. Knows nothing of wires.
 */
@NullMarked
package dev.agenttower.core.failure;

import org.jspecify.annotations.NullMarked;
