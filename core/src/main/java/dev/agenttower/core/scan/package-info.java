/** Scans requested by control panels: coalesced, bounded, and kept for later queries. */
@NullMarked
package dev.agenttower.core.scan;

import org.jspecify.annotations.NullMarked;
