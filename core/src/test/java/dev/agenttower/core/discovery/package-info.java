/** Tests of discovery. */
@NullMarked
package dev.agenttower.core.discovery;

import org.jspecify.annotations.NullMarked;
