/**
 * Scans asked for by control panels: coalesced, bounded, remembered.
 */
@NullMarked
package dev.agenttower.core.scan;

import org.jspecify.annotations.NullMarked;
