/** Mutual exclusion by key. */
@NullMarked
package dev.agenttower.core.exclusion;

import org.jspecify.annotations.NullMarked;
