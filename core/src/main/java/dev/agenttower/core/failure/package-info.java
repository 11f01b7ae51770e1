/** The closed set of error codes and the exception for refused requests, independent of protocols. */
@NullMarked
package dev.agenttower.core.failure;

import org.jspecify.annotations.NullMarked;
