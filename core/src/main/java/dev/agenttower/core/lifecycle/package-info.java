/**
 * The closed set of lifecycle events of a daemon and the port they are reported to.
 */
@NullMarked
package dev.agenttower.core.lifecycle;

import org.jspecify.annotations.NullMarked;
