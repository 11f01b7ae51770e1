/** Tests of discovery. */
@NullMarked
package dev.agenttower.core.bench;

import org.jspecify.annotations.NullMarked;
