/** Tests of {@code memory}. */
@NullMarked
package dev.agenttower.core.memory;

import org.jspecify.annotations.NullMarked;
