/** Tests of {@code settings}. */
@NullMarked
package dev.agenttower.core.settings;

import org.jspecify.annotations.NullMarked;
