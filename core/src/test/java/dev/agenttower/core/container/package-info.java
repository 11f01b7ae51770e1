/** Tests of containers. */
@NullMarked
package dev.agenttower.core.container;

import org.jspecify.annotations.NullMarked;
