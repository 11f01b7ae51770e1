/**
 * Mutual exclusion by key: work on one thing waits for other work on the same thing, and for nothing else.
 */
@NullMarked
package dev.agenttower.core.exclusion;

import org.jspecify.annotations.NullMarked;
