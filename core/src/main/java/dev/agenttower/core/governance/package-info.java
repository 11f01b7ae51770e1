/** Shared by the packages of governance: limits of texts, time formats, and the heap budget. */
@NullMarked
package dev.agenttower.core.governance;

import org.jspecify.annotations.NullMarked;
